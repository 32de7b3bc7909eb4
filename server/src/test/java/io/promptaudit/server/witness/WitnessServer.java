package io.promptaudit.server.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A witness that speaks HTTP and keeps to the specification, unless it is told to misbehave. */
final class WitnessServer implements AutoCloseable {
    private static final byte ED25519_COSIGNATURE = 4;
    private static final byte ML_DSA_44_COSIGNATURE = 6;
    private static final int ED25519_LENGTH = 32;
    private static final int ML_DSA_44_LENGTH = 1312;

    private final String name;
    private final byte type;
    private final KeyPair keys;
    private final KeyPair otherKeys;
    private final WitnessBook book;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final CountDownLatch forGood = new CountDownLatch(1);
    private volatile Manner manner = Manner.AS_SPECIFIED;
    private HttpServer http;

    /** How it answers. */
    enum Manner {
        AS_SPECIFIED,
        /** Takes requests and says nothing. */
        SILENT,
        /** Begins to answer, and does not end. */
        TRICKLING,
        /** Says something else with the status 200. */
        GARBAGE,
        /** Says more than anybody would read. */
        ENDLESS,
        /** Cosigns with a key of the same name. */
        OTHER_KEY,
        /** Cosigns another checkpoint, with the right key. */
        OTHER_CHECKPOINT,
        /** Says 1970. */
        WITHOUT_TIME,
        /** Has a proxy before it that knows conflicts of its own. */
        CONFLICT_WITHOUT_SIZE,
        /** Always knows another size. */
        RESTLESS,
        /** Says that the ledger was larger. */
        BOASTING,
        /** Sends one elsewhere. */
        MOVED, FAILING
    }

    WitnessServer(Path folder, String name, boolean isMlDsa) {
        this.name = name;
        this.type = isMlDsa ? ML_DSA_44_COSIGNATURE : ED25519_COSIGNATURE;
        this.book = new WitnessBook(folder.resolve(name.replace('/', '_')));
        try {
            var generator = KeyPairGenerator.getInstance(isMlDsa ? "ML-DSA-44" : "Ed25519");
            keys = generator.generateKeyPair();
            otherKeys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        http = listen(0);
    }

    private HttpServer listen(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/submit/add-checkpoint", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/submit";
    }

    String vkey() {
        byte[] key = publicKey();
        byte[] typed = ByteBuffer.allocate(1 + key.length).put(type).put(key).array();
        return "%s+%s+%s".formatted(name, HexFormat.of().formatHex(WitnessBook.keyId(name, type, key)),
                Base64.getEncoder().encodeToString(typed));
    }

    private byte[] publicKey() {
        byte[] encoded = keys.getPublic().getEncoded();
        int length = type == ED25519_COSIGNATURE ? ED25519_LENGTH : ML_DSA_44_LENGTH;
        return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
    }

    /** What is given to a server to have it ask this witness, as number {@code index}. */
    List<String> settings(int index) {
        return List.of("--promptaudit.ledger.witnesses[%d].key=%s".formatted(index, vkey()),
                "--promptaudit.ledger.witnesses[%d].url=%s".formatted(index, url()));
    }

    WitnessBook book() {
        return book;
    }

    int requests() {
        return requests.get();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    void behave(Manner next) {
        manner = next;
    }

    void goDown() {
        http.stop(0);
    }

    void comeUp() {
        http = listen(http.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            assertThat(exchange.getRequestMethod()).isEqualTo("POST");
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (manner) {
                case SILENT -> await();
                case TRICKLING -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    await();
                }
                case GARBAGE -> send(exchange, 200, "text/plain", "all is well\n");
                case ENDLESS -> send(exchange, 200, "text/plain", "x".repeat(10_000_000));
                case CONFLICT_WITHOUT_SIZE -> send(exchange, 409, "text/html", "7\n");
                case RESTLESS -> send(exchange, 409, "text/x.tlog.size", requests.get() % 2 + "\n");
                case BOASTING -> send(exchange, 409, "text/x.tlog.size", "1000000\n");
                case MOVED -> {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
                    send(exchange, 307, "text/plain", "");
                }
                case FAILING -> send(exchange, 500, "text/plain", "oops");
                case AS_SPECIFIED, OTHER_KEY, OTHER_CHECKPOINT, WITHOUT_TIME -> judge(exchange, request);
            }
        }
    }

    private void await() {
        try {
            forGood.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(HttpExchange exchange, String request) throws IOException {
        WitnessBook.Verdict verdict = book.judge(request);
        switch (verdict.status()) {
            case 200 -> send(exchange, 200, "text/plain", line(verdict.body()));
            case 409 -> send(exchange, 409, "text/x.tlog.size", verdict.body());
            default -> send(exchange, verdict.status(), "text/plain", verdict.body());
        }
    }

    private void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        // Whoever has the answer may ask again.
        atOnce.decrementAndGet();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The cosignature's line, behind one of somebody whom nobody knows. */
    private String line(String text) {
        long time = manner == Manner.WITHOUT_TIME ? 0 : Instant.now().getEpochSecond();
        String signed = manner == Manner.OTHER_CHECKPOINT ? text.replaceFirst("\n", "\n1") : text;
        KeyPair pair = manner == Manner.OTHER_KEY ? otherKeys : keys;
        byte[] signature = sign(pair, type == ED25519_COSIGNATURE
                ? ("cosignature/v1\ntime " + time + "\n" + signed).getBytes(StandardCharsets.UTF_8)
                : subtree(time, List.of(signed.split("\n", -1))));
        byte[] id = WitnessBook.keyId(name, type, publicKey());
        byte[] bytes = ByteBuffer.allocate(id.length + Long.BYTES + signature.length).put(id).putLong(time).put(signature)
                .array();
        return "\u2014 somebody.example AAAAAAAAAAAAAA==\n\u2014 %s %s\n".formatted(name,
                Base64.getEncoder().encodeToString(bytes));
    }

    /** C2SP tlog-cosignature, ML-DSA-44 signed message. */
    private byte[] subtree(long time, List<String> lines) {
        byte[] label = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
        byte[] cosigner = name.getBytes(StandardCharsets.UTF_8);
        byte[] origin = lines.get(0).getBytes(StandardCharsets.UTF_8);
        byte[] root = Base64.getDecoder().decode(lines.get(2));
        long size = Long.parseLong(lines.get(1));
        return ByteBuffer.allocate(label.length + 2 + cosigner.length + origin.length + 3 * Long.BYTES + root.length).put(label)
                .put((byte) cosigner.length).put(cosigner).putLong(time).put((byte) origin.length).put(origin).putLong(0)
                .putLong(size).put(root).array();
    }

    private static byte[] sign(KeyPair pair, byte[] message) {
        try {
            Signature signature = Signature.getInstance(pair.getPrivate().getAlgorithm().equals("EdDSA") ? "Ed25519" : "ML-DSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        forGood.countDown();
        http.stop(0);
    }
}

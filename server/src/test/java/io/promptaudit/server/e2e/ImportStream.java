package io.promptaudit.server.e2e;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An import under way: lines go up while the answer's lines come down. On a bare socket, because the JDK's client reads no
 * answer before it has sent the whole body. One thread may send while another receives.
 */
final class ImportStream implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BUFFER = 64 * 1024;
    private static final int HEX = 16;

    private final Socket socket;
    private final OutputStream up;
    private final InputStream down;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int leftInChunk;
    private boolean anyChunk;
    private boolean ended;

    /** Begins an import; the head of its request is sent. */
    ImportStream(Api api) throws IOException {
        socket = new Socket(api.server().getHost(), api.server().getPort());
        up = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        down = new BufferedInputStream(socket.getInputStream(), BUFFER);
        up.write("""
                POST /api/v1/imports HTTP/1.1\r
                Host: %s\r
                Authorization: %s\r
                Content-Type: application/x-ndjson\r
                Transfer-Encoding: chunked\r
                Connection: close\r
                \r
                """.formatted(api.server().getAuthority(), api.authorization()).getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends one line, given without its end. It may wait in a buffer. */
    void send(byte[] bytes) throws IOException {
        up.write((Integer.toHexString(bytes.length + 1) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        up.write(bytes);
        up.write("\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends what waits in the buffer. */
    void flush() throws IOException {
        up.flush();
    }

    /** Ends the body. */
    void end() throws IOException {
        up.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        up.flush();
    }

    /** Reads the head of the answer; gives its status. */
    int status() throws IOException {
        int status = Integer.parseInt(head().split(" ", 3)[1]);
        for (String header = head(); !header.isEmpty(); header = head()) {
            // The body is known to be chunked.
        }
        return status;
    }

    /** The next line of the answer, or null after the last. Waits for it. */
    @Nullable
    JsonNode receive() throws IOException {
        line.reset();
        while (!ended) {
            if (leftInChunk == 0 && !nextChunk()) {
                break;
            }
            int next = read();
            leftInChunk--;
            if (next == '\n') {
                return JSON.readTree(line.toByteArray());
            }
            line.write(next);
        }
        return null;
    }

    private boolean nextChunk() throws IOException {
        if (anyChunk) {
            head();
        }
        anyChunk = true;
        leftInChunk = Integer.parseInt(head(), HEX);
        ended = leftInChunk == 0;
        return !ended;
    }

    private String head() throws IOException {
        var text = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            if (next != '\r') {
                text.write(next);
            }
        }
        return text.toString(StandardCharsets.US_ASCII);
    }

    private int read() throws IOException {
        int next = down.read();
        if (next < 0) {
            throw new EOFException("the server hung up");
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

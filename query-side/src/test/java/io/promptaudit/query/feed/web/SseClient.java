package io.promptaudit.query.feed.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A subscriber over a bare socket, so that it can be killed like a process: without a word. */
final class SseClient implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    final int status;
    final Map<String, String> headers = new LinkedHashMap<>();

    private SseClient(Socket socket) throws IOException {
        this.socket = socket;
        // So that a failing test ends; no assertion depends on it.
        socket.setSoTimeout(60_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        status = Integer.parseInt(in.readLine().split(" ", 3)[1]);
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            headers.put(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                    line.substring(line.indexOf(':') + 1).trim());
        }
    }

    /** Connects with HTTP 1.0, whose bodies come unwrapped. */
    static SseClient open(int port, String path, String caller, @Nullable String lastEventId) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String resume = lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
        socket.getOutputStream().write("GET %s HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\nX-Caller: %s\r\n%s\r\n"
                .formatted(path, caller, resume).getBytes(StandardCharsets.UTF_8));
        return new SseClient(socket);
    }

    /** The next block, or null when the server ended the stream. */
    @Nullable
    Block next() throws IOException {
        var fields = new LinkedHashMap<String, String>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return new Block(fields.get("id"), fields.get("event"), fields.get("data"), fields.containsKey(""));
            }
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).stripLeading());
        }
        return null;
    }

    /** The next block with data; fails when the stream ended. */
    Block nextEvent() throws IOException {
        for (Block block = next(); block != null; block = next()) {
            if (block.data() != null) {
                return block;
            }
        }
        throw new IOException("the stream ended");
    }

    /** Vanishes: the server is sent a reset at most. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** What stands between two empty lines. */
    record Block(@Nullable String id, @Nullable String event, @Nullable String data, boolean comment) {}
}

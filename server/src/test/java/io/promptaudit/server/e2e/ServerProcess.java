package io.promptaudit.server.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A server in a process of its own. It is killed when closed, and at the latest when this JVM ends. */
final class ServerProcess implements AutoCloseable {
    /** Not a promise about speed: only so that a server that hangs fails its test instead of the whole build. */
    private static final long PATIENCE_SECONDS = 180;
    private static final Pattern WELCOME = Pattern.compile("answers at (http://127\\.0\\.0\\.1:\\d+)/");

    private final Process process;
    private final Thread killer = new Thread(this::killAll);
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Thread listener;

    ServerProcess(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(killer);
        listener = Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                var welcome = WELCOME.matcher(line);
                if (welcome.find()) {
                    address.complete(URI.create(welcome.group(1)));
                }
            }
        } catch (IOException e) {
            output.add("(the output broke off: " + e + ")");
        }
        address.completeExceptionally(new IllegalStateException("the server ended before it answered"));
    }

    /** Waits until the server says that it answers. */
    ServerProcess awaitReady() {
        try {
            address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the server did not start:\n" + output(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until it either answers, and gives true, or has ended. */
    boolean starts() {
        try {
            address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException ended) {
            return false;
        } catch (TimeoutException e) {
            throw new AssertionError("the server does not end:\n" + output(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Where it answers. */
    URI address() {
        return address.join();
    }

    /** Requests of the first admin. */
    Api admin() {
        return as("admin");
    }

    /** Requests of an account whose password is {@link Api#PASSWORD}. */
    Api as(String account) {
        return new Api(address(), account, Api.PASSWORD);
    }

    /** Everything it has printed so far. */
    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** {@code kill -9}, and waits until the process is gone. */
    void kill() {
        killAll();
        awaitEnd();
    }

    /** Asks it to stop ({@code SIGTERM}), and waits until it has. */
    int stop() {
        // Under a tracer it is the server that is told, not the tracer.
        process.descendants().findFirst().orElse(process.toHandle()).destroy();
        return awaitEnd();
    }

    /** Waits until it ends by itself; gives its exit code. All its output is there then. */
    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end:\n" + output());
            }
            listener.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        killAll();
        awaitEnd();
        Runtime.getRuntime().removeShutdownHook(killer);
    }

    private void killAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}

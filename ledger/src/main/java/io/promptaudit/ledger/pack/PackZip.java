package io.promptaudit.ledger.pack;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.pack.ZipDirectory.Member;

/** A pack as it was written. A member never gives more bytes than the directory says, and never fewer. */
final class PackZip implements PackFiles {
    private static final int BUFFER = 1 << 16;

    private final FileChannel file;
    private final Map<String, Member> members;

    /** @throws MalformedInput if it is no zip, or one that two programs could read in two ways */
    PackZip(Path zip) {
        try {
            file = FileChannel.open(zip);
            try {
                members = ZipDirectory.read(file);
            } catch (IOException | RuntimeException failed) {
                file.close();
                throw failed;
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + zip, unreadable);
        }
    }

    @Override
    public Set<String> paths() {
        return Collections.unmodifiableSet(members.keySet());
    }

    @Override
    public byte @Nullable [] read(String path, int limit) {
        Member member = members.get(path);
        if (member == null) {
            return null;
        }
        if (member.size() > limit) {
            throw new MalformedInput(path, "has more than %d bytes".formatted(limit));
        }
        try (InputStream in = open(path)) {
            byte[] bytes = in.readNBytes((int) member.size());
            // Whether that was all is found out at the end.
            in.transferTo(OutputStream.nullOutputStream());
            return bytes;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    @Override
    public InputStream open(String path) {
        Member member = members.get(path);
        if (member == null) {
            return new ByteArrayInputStream(new byte[0]);
        }
        var stored = new Slice(member.from(), member.length());
        return new Exact(path, member, stored);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot close the pack", failed);
        }
    }

    /** A part of the file. */
    private final class Slice extends InputStream {
        private long at;
        private final long end;

        Slice(long from, long length) {
            at = from;
            end = from + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (at == end) {
                return -1;
            }
            int read = file.read(ByteBuffer.wrap(into, from, (int) Math.min(count, end - at)), at);
            at += Math.max(read, 0);
            return read;
        }
    }

    /** Gives as many bytes as the directory says. */
    private static final class Exact extends FilterInputStream {
        private final String path;
        private final Slice stored;
        private final @Nullable Inflater inflater;
        private long left;

        Exact(String path, Member member, Slice stored) {
            this(path, member, stored, member.deflated() ? new Inflater(true) : null);
        }

        private Exact(String path, Member member, Slice stored, @Nullable Inflater inflater) {
            super(inflater == null ? stored : new InflaterInputStream(stored, inflater, BUFFER));
            this.path = path;
            this.stored = stored;
            this.inflater = inflater;
            left = member.size();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int read;
            try {
                read = super.read(into, from, count);
            } catch (ZipException | EOFException broken) {
                throw new MalformedInput(path, "is not deflated as it should be");
            }
            left -= Math.max(read, 0);
            if (left < 0 || (read < 0 && (left != 0 || !isUsedUp()))) {
                throw new MalformedInput(path, "is longer or shorter than the zip's directory says");
            }
            return read;
        }

        private boolean isUsedUp() throws IOException {
            return stored.read() < 0 && (inflater == null || inflater.getRemaining() == 0);
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (inflater != null) {
                inflater.end();
            }
        }
    }
}

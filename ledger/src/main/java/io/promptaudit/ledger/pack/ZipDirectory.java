package io.promptaudit.ledger.pack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.promptaudit.ledger.MalformedInput;

/**
 * The directory of a zip (PKWARE APPNOTE 6.3.10, zip64 included), read so that no two programs can see different members in one file:
 * every byte belongs to a member, to its two headers, which say the same, or to the directory's end.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_LENGTH = 56;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int MAX_LENGTH = 256 << 20;
    private static final long IN_ZIP64 = 0xFFFF_FFFFL;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    /** That sizes follow the data; that names are UTF-8; how hard it was deflated. Nothing else is understood. */
    private static final int SIZES_FOLLOW = 8;
    private static final int FLAGS = SIZES_FOLLOW | 0x800 | 6;
    /** What follows the data then: with or without a signature, with short or long sizes. */
    private static final Set<Long> DESCRIPTORS = Set.of(12L, 16L, 20L, 24L);

    private final FileChannel file;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private long at;
    private boolean sizesFollow;

    /** Where a member's data begins, how long it is there, and how long when it is inflated. */
    record Member(long from, long length, long size, boolean deflated) {}

    private ZipDirectory(FileChannel file) {
        this.file = file;
    }

    /**
     * Reads the directory.
     *
     * @return the members, in their order
     * @throws MalformedInput if it is none, torn or ambiguous, or a name is not safe or there twice
     */
    static Map<String, Member> read(FileChannel file) throws IOException {
        var directory = new ZipDirectory(file);
        try {
            directory.read(file.size());
        } catch (EOFException | BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException torn) {
            throw malformed("is torn, or no zip");
        }
        return directory.members;
    }

    private void read(long length) throws IOException {
        long end = length - END_LENGTH;
        ByteBuffer last = bytes(end, END_LENGTH);
        require(last.getInt(0) == END && last.getInt(4) == 0 && last.getShort(20) == 0, "is torn, or no zip");
        long count = Short.toUnsignedLong(last.getShort(10));
        long size = Integer.toUnsignedLong(last.getInt(12));
        long from = Integer.toUnsignedLong(last.getInt(16));
        if (count == 0xFFFF || size == IN_ZIP64 || from == IN_ZIP64) {
            ByteBuffer locator = bytes(end - LOCATOR_LENGTH, LOCATOR_LENGTH);
            end -= LOCATOR_LENGTH + END64_LENGTH;
            ByteBuffer large = bytes(end, END64_LENGTH);
            require(locator.getInt(0) == LOCATOR && locator.getLong(8) == end && large.getInt(0) == END64
                    && large.getLong(4) == END64_LENGTH - 12, "has an end that is not that of a zip");
            count = large.getLong(32);
            size = large.getLong(40);
            from = large.getLong(48);
        }
        require(size >= 0 && size <= MAX_LENGTH && from == end - size, "has something else between its directory and its end");
        ByteBuffer directory = bytes(from, (int) size);
        for (long i = 0; i < count; i++) {
            member(directory);
        }
        require(!directory.hasRemaining(), "has a directory that goes on behind its members");
        follow(from);
    }

    private void member(ByteBuffer directory) throws IOException {
        int start = directory.position();
        require(directory.getInt(start) == CENTRAL, "has a directory that is none");
        int flags = directory.getShort(start + 8);
        int method = directory.getShort(start + 10);
        long length = Integer.toUnsignedLong(directory.getInt(start + 20));
        long size = Integer.toUnsignedLong(directory.getInt(start + 24));
        long offset = Integer.toUnsignedLong(directory.getInt(start + 42));
        directory.position(start + CENTRAL_LENGTH);
        String name = name(directory, Short.toUnsignedInt(directory.getShort(start + 28)));
        ByteBuffer extra = slice(directory, Short.toUnsignedInt(directory.getShort(start + 30)));
        ByteBuffer large = large(extra);
        size = size == IN_ZIP64 ? large.getLong() : size;
        length = length == IN_ZIP64 ? large.getLong() : length;
        offset = offset == IN_ZIP64 ? large.getLong() : offset;
        require((flags & ~FLAGS) == 0 && (method == STORED || method == DEFLATED) && directory.getShort(start + 32) == 0
                && directory.getShort(start + 34) == 0, "has a member that is encrypted, split or of an unknown method: " + name);
        require(size >= 0 && length >= 0 && (method == DEFLATED || size == length), "has a member without a size: " + name);
        require(names.add(name.toLowerCase(Locale.ROOT)), "has two members of one name: " + name);
        follow(offset);
        ByteBuffer local = bytes(offset, LOCAL_LENGTH);
        int nameLength = Short.toUnsignedInt(local.getShort(26));
        require(local.getInt(0) == LOCAL && local.getInt(6) == directory.getInt(start + 8)
                && local.getInt(10) == directory.getInt(start + 12)
                && name(bytes(offset + LOCAL_LENGTH, nameLength), nameLength).equals(name),
                "has a member whose headers differ: " + name);
        long from = offset + LOCAL_LENGTH + nameLength + Short.toUnsignedInt(local.getShort(28));
        members.put(name, new Member(from, length, size, method == DEFLATED));
        at = from + length;
        sizesFollow = (flags & SIZES_FOLLOW) != 0;
    }

    /** What comes next comes right behind what was before. */
    private void follow(long offset) {
        require(sizesFollow ? DESCRIPTORS.contains(offset - at) : offset == at, "has something that is in no member");
    }

    private static String name(ByteBuffer buffer, int length) {
        return MemberPath.safe(StandardCharsets.ISO_8859_1.decode(slice(buffer, length)).toString());
    }

    /** What did not fit into 32 bits, in order. */
    private static ByteBuffer large(ByteBuffer extra) {
        while (extra.hasRemaining()) {
            short id = extra.getShort();
            ByteBuffer data = slice(extra, Short.toUnsignedInt(extra.getShort()));
            if (id == 1) {
                return data;
            }
        }
        return extra;
    }

    private static ByteBuffer slice(ByteBuffer buffer, int length) {
        ByteBuffer slice = buffer.slice(buffer.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(buffer.position() + length);
        return slice;
    }

    private ByteBuffer bytes(long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw malformed(otherwise);
        }
    }

    private static MalformedInput malformed(String rule) {
        return new MalformedInput("file", rule);
    }
}

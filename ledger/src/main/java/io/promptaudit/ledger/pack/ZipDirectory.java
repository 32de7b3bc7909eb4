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

import org.jspecify.annotations.Nullable;

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
    /** The extra field that holds it. */
    private static final short ZIP64 = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    /** That sizes follow the data; that names are UTF-8; how hard it was deflated. Nothing else is understood. */
    private static final int SIZES_FOLLOW = 8;
    private static final int FLAGS = SIZES_FOLLOW | 0x800 | 6;

    private final FileChannel file;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private long at;
    private @Nullable Follows follows;

    /** Where a member's data begins, how long it is there, and how long when it is inflated. */
    record Member(long from, long length, long size, boolean deflated) {}

    /** What has to follow a member's data. */
    private record Follows(String name, ZipSizes sizes) {}

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
        if (count == 0xFFFF || size == ZipSizes.IN_ZIP64 || from == ZipSizes.IN_ZIP64) {
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
        directory.position(start + CENTRAL_LENGTH);
        String name = name(directory, Short.toUnsignedInt(directory.getShort(start + 28)));
        ByteBuffer large = large(slice(directory, Short.toUnsignedInt(directory.getShort(start + 30))), name);
        ZipSizes sizes = ZipSizes.of(directory, start + 16, large);
        long offset = Integer.toUnsignedLong(directory.getInt(start + 42));
        offset = offset == ZipSizes.IN_ZIP64 ? large.getLong() : offset;
        boolean later = (flags & SIZES_FOLLOW) != 0;
        require((flags & ~FLAGS) == 0 && (method == DEFLATED || (method == STORED && !later))
                && directory.getShort(start + 32) == 0 && directory.getShort(start + 34) == 0,
                "has a member that is encrypted, split or of an unknown method: " + name);
        require(sizes.size() >= 0 && sizes.length() >= 0 && (method == DEFLATED || sizes.size() == sizes.length()),
                "has a member without a size: " + name);
        require(names.add(name.toLowerCase(Locale.ROOT)), "has two members of one name: " + name);
        requireUsedUp(large, name);
        follow(offset);
        // Flags, method and time.
        require(bytes(offset + 6, 8).equals(directory.slice(start + 8, 8)), differ(name));
        long from = local(offset, name, later ? ZipSizes.LATER : sizes);
        members.put(name, new Member(from, sizes.length(), sizes.size(), method == DEFLATED));
        at = from + sizes.length();
        follows = later ? new Follows(name, sizes) : null;
    }

    /** The other header of a member; answers where its data begins. */
    private long local(long offset, String name, ZipSizes sizes) throws IOException {
        ByteBuffer local = bytes(offset, LOCAL_LENGTH);
        int nameLength = Short.toUnsignedInt(local.getShort(26));
        int extraLength = Short.toUnsignedInt(local.getShort(28));
        ByteBuffer more = bytes(offset + LOCAL_LENGTH, nameLength + extraLength);
        require(local.getInt(0) == LOCAL && name(more, nameLength).equals(name), differ(name));
        ByteBuffer large = large(slice(more, extraLength), name);
        require(ZipSizes.of(local, 14, large).equals(sizes), differ(name));
        requireUsedUp(large, name);
        return offset + LOCAL_LENGTH + nameLength + extraLength;
    }

    /** What comes next comes right behind what was before, and what was to be said of that. */
    private void follow(long offset) throws IOException {
        Follows due = follows;
        if (due != null) {
            ByteBuffer descriptor = bytes(at, due.sizes().descriptorLength());
            at += descriptor.remaining();
            require(due.sizes().areIn(descriptor), differ(due.name()));
        }
        require(offset == at, "has something that is in no member");
    }

    private static String differ(String name) {
        return "has a member whose headers differ: " + name;
    }

    private static String name(ByteBuffer buffer, int length) {
        return MemberPath.safe(StandardCharsets.ISO_8859_1.decode(slice(buffer, length)).toString());
    }

    /** What did not fit into 32 bits, in order. No other extra field is understood: some give a member another name. */
    private static ByteBuffer large(ByteBuffer extra, String name) {
        if (!extra.hasRemaining()) {
            return extra;
        }
        require(extra.getShort() == ZIP64, beside(name));
        ByteBuffer large = slice(extra, Short.toUnsignedInt(extra.getShort()));
        requireUsedUp(extra, name);
        return large;
    }

    private static void requireUsedUp(ByteBuffer extra, String name) {
        require(!extra.hasRemaining(), beside(name));
    }

    private static String beside(String name) {
        return "has a member with more than sizes beside its name: " + name;
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

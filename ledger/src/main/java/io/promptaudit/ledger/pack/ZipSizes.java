package io.promptaudit.ledger.pack;

import java.nio.ByteBuffer;

/**
 * What the directory of a zip and a member's own header say of its bytes, or what follows them (PKWARE APPNOTE 6.3.10, sections 4.3.7,
 * 4.3.9 and 4.3.12).
 *
 * @param crc of the member, inflated
 * @param length in the file
 * @param size of the member, inflated
 */
record ZipSizes(int crc, long length, long size) {
    /** Stands in 32 bits for a number that needs 64. */
    static final long IN_ZIP64 = 0xFFFF_FFFFL;
    /** Stands before a member whose sizes follow it. */
    static final ZipSizes LATER = new ZipSizes(0, 0, 0);

    private static final int DESCRIPTOR = 0x08074b50;
    private static final int DESCRIPTOR_LENGTH = 16;
    private static final int DESCRIPTOR64_LENGTH = 24;

    /**
     * Reads them in a header.
     *
     * @param large the numbers of 64 bits, in their order; those that belong here are taken
     */
    static ZipSizes of(ByteBuffer header, int from, ByteBuffer large) {
        long length = Integer.toUnsignedLong(header.getInt(from + 4));
        long size = Integer.toUnsignedLong(header.getInt(from + 8));
        size = size == IN_ZIP64 ? large.getLong() : size;
        length = length == IN_ZIP64 ? large.getLong() : length;
        return new ZipSizes(header.getInt(from), length, size);
    }

    /** How long the descriptor is that says this behind a member. */
    int descriptorLength() {
        return isLarge() ? DESCRIPTOR64_LENGTH : DESCRIPTOR_LENGTH;
    }

    private boolean isLarge() {
        return length >= IN_ZIP64 || size >= IN_ZIP64;
    }

    /** Whether the descriptor says this, in the form that everybody knows: with a signature, and with 64 bits only where it must. */
    boolean areIn(ByteBuffer descriptor) {
        return descriptor.getInt() == DESCRIPTOR && descriptor.getInt() == crc && number(descriptor) == length
                && number(descriptor) == size;
    }

    private long number(ByteBuffer descriptor) {
        return isLarge() ? descriptor.getLong() : Integer.toUnsignedLong(descriptor.getInt());
    }
}

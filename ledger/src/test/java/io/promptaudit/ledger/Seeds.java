package io.promptaudit.ledger;

import java.util.Random;

/** Random input that a failing run can repeat: its seed is printed, and {@code -Dpromptaudit.seed} repeats it. */
public final class Seeds {
    private static final long SEED = Long.getLong("promptaudit.seed", System.nanoTime());

    static {
        System.out.printf("random input with -Dpromptaudit.seed=%d%n", SEED);
    }

    private Seeds() {}

    /** A new generator, the same one on each call. */
    public static Random random() {
        return new Random(SEED);
    }

    /** So many random bytes. */
    public static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}

package io.promptaudit.command.trail;

/** The proof of what is recorded, as far as whoever answers has to know it. */
@FunctionalInterface
public interface Sealing {

    /** Waits until a signed checkpoint covers this position and all before it; false when that takes longer than is configured. */
    boolean await(long position);
}

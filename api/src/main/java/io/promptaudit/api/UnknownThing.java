package io.promptaudit.api;

/** Something asked for does not exist, or the caller may not know that it does: both are answered 404, alike. */
public class UnknownThing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /**
     * @param type the stable problem type, for example {@code prompt-not-found} or {@code never-active}
     * @param detail one sentence for the reader
     */
    public UnknownThing(String type, String detail) {
        super(detail);
        this.type = type;
    }

    /** The stable problem type. */
    public String type() {
        return type;
    }
}

package io.promptaudit.api;

/** A well-formed request with a value that no version, name or policy may have. Answered 422; nothing changed. */
public class InvalidValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * @param field the path of the field, as the caller wrote it
     * @param rule what the value must be, to read after the field's name
     */
    public InvalidValue(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /** The path of the field at fault. */
    public String field() {
        return field;
    }

    /** What the value must be. */
    public String rule() {
        return rule;
    }
}

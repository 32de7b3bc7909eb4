package io.promptaudit.api;

/** A request whose form is wrong: a field is missing, unknown or of the wrong type. Answered 400; nothing changed. */
public class MalformedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * @param field the path of the field, as the caller wrote it
     * @param rule what the field must be, to read after its name
     */
    public MalformedRequest(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /** The path of the field at fault. */
    public String field() {
        return field;
    }

    /** What the field must be. */
    public String rule() {
        return rule;
    }
}

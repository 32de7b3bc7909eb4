package io.promptaudit.query.view;

/** A view did not reach the position asked for in time. Answered 503 {@code view-behind}; ask again. */
public class ViewBehind extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String view;
    private final long position;

    /**
     * @param view the view's name
     * @param position the position it did not reach
     */
    public ViewBehind(String view, long position) {
        super("The view %s has not reached position %d yet.".formatted(view, position));
        this.view = view;
        this.position = position;
    }

    /** The view's name. */
    public String view() {
        return view;
    }

    /** The position it did not reach. */
    public long position() {
        return position;
    }
}

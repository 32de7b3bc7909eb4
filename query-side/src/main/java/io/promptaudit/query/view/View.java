package io.promptaudit.query.view;

import java.util.List;

/** A set of tables made from the trail, and from nothing else. */
public interface View {

    /** The view's name in {@code view_head} and in the API: never rename. */
    String name();

    /** Its tables. Each has the columns {@code generation} and {@code seq}. */
    List<ViewTable> tables();

    /**
     * Takes one event into a generation, in the running transaction. The same events in the same order make the same rows.
     *
     * @throws RuntimeException when the event does not fit what came before; never skips one
     */
    void apply(Occurrence event, int generation);
}

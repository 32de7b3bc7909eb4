package io.promptaudit.query.view;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each view is, and which generation of its rows counts. */
public class ViewHeads {
    private final JdbcClient db;
    private final Patience patience;

    /** @param patience with which readers wait for a view */
    public ViewHeads(JdbcClient db, Patience patience) {
        this.db = db;
        this.patience = patience;
    }

    /** A view's head: the generation read, and the last position taken in. */
    public record Head(int generation, long position) {}

    /** For use inside a statement: the view's generation that counts while the statement runs. */
    public static String current(String view) {
        return "(select generation from view_head where view = '" + view + "')";
    }

    /** The head as last committed. */
    public Head read(String view) {
        return read(view, "");
    }

    /** The head, locked until the running transaction ends. Whoever writes rows that count holds this lock. */
    public Head lock(String view) {
        return read(view, " for update");
    }

    private Head read(String view, String suffix) {
        return db.sql("select generation, position from view_head where view = ?" + suffix).param(view)
                .query((row, _) -> new Head(row.getInt(1), row.getLong(2))).single();
    }

    void advance(String view, long position) {
        db.sql("update view_head set position = ? where view = ?").param(position).param(view).update();
    }

    void flip(String view, int generation) {
        db.sql("update view_head set generation = ? where view = ?").param(generation).param(view).update();
    }

    /** Tells those who wait that some view has moved on. */
    void moved() {
        patience.moved();
    }

    /**
     * Returns once the view has taken in the position.
     *
     * @param position null asks for nothing
     * @throws ViewBehind when it has not in time
     */
    public void await(String view, @Nullable Long position) {
        patience.await(view, position, () -> read(view).position());
    }
}

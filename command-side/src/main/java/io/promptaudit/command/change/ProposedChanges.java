package io.promptaudit.command.change;

import org.jspecify.annotations.Nullable;

/** Where changes were proposed. A change is named by the id of its event, which alone does not say whose event it is. */
@FunctionalInterface
public interface ProposedChanges {

    /** The aggregate that the change is about, for example {@code environment:production}; null when there is no such change. */
    @Nullable
    String target(String change);
}

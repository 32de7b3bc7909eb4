package io.promptaudit.api.command;

import org.jspecify.annotations.Nullable;

/** Everything a caller may ask of a change that waits for a second admin. */
public sealed interface ChangeCommand extends Command {

    /** The id of the event that proposed the change. */
    String change();

    /** The aggregate it would change, for example {@code environment:production}; null when there is no such change. */
    @Nullable
    String of();

    @Override
    default String target() {
        String of = of();
        return of == null ? "change:" + change() : of;
    }

    /** The environment it is about, or null. */
    default @Nullable String environment() {
        return named("environment:");
    }

    /** The account it is about, or null. */
    default @Nullable String account() {
        return named("account:");
    }

    private @Nullable String named(String prefix) {
        String of = of();
        return of != null && of.startsWith(prefix) ? of.substring(prefix.length()) : null;
    }

    /** Let the change take effect. */
    record ConfirmChange(String change, @Nullable String of, @Nullable String comment) implements ChangeCommand {}

    /** Let the change never take effect; whoever proposed it withdraws it so. */
    record DeclineChange(String change, @Nullable String of, String reason) implements ChangeCommand {}
}

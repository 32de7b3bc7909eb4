package io.promptaudit.query.view;

import org.springframework.stereotype.Component;

/** Builds a view anew from the events while it is being read and written. */
@Component
class Rebuilds {
    private final ViewHeads heads;
    private final Generations generations;
    private final Replays replays;

    Rebuilds(ViewHeads heads, Generations generations, Replays replays) {
        this.heads = heads;
        this.generations = generations;
        this.replays = replays;
    }

    /**
     * Fills a new generation and, once it has caught up, lets it count. Needs the view's lease.
     *
     * @return the position at which the new generation took over
     */
    long rebuild(View view) {
        generations.clean(view);
        int next = heads.read(view.name()).generation() + 1;
        long position;
        try (var replay = replays.open(view, next)) {
            replays.atHead(view, replay, () -> heads.flip(view.name(), next));
            position = replay.position();
        }
        generations.clean(view);
        return position;
    }
}

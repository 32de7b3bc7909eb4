package io.promptaudit.server.sequence;

import org.jspecify.annotations.Nullable;

/** Keeps writes from beginning for as long as it has a reason. Reads go on, and what has begun is finished. */
public interface WriteHold {

    /** Why no write may begin now, as the end of a sentence; null when it may. Asked before every write: it must not wait. */
    @Nullable
    String reason();
}

/** Decides about prompts: the {@link io.promptaudit.command.prompt.Prompt} aggregate, what it remembers, and the release rules. */
@NullMarked
package io.promptaudit.command.prompt;

import org.jspecify.annotations.NullMarked;

/** What can have happened. Stored for ever: run EventContractTest before editing. */
@NullMarked
package io.promptaudit.api.event;

import org.jspecify.annotations.NullMarked;

/** Tells what the event store itself says of a prompt: its events as stored, and its state replayed from them. */
@NullMarked
package io.promptaudit.query.store;

import org.jspecify.annotations.NullMarked;

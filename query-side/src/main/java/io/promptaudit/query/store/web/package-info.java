/** HTTP for what the event store says of a prompt. */
@NullMarked
package io.promptaudit.query.store.web;

import org.jspecify.annotations.NullMarked;

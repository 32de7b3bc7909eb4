/** The way of a command into the trail: permission, decision, event, position, answer. */
@NullMarked
package io.promptaudit.command.trail;

import org.jspecify.annotations.NullMarked;

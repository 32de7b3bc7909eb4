/** Decides about environments and keeps their release policies. */
@NullMarked
package io.promptaudit.command.environment;

import org.jspecify.annotations.NullMarked;

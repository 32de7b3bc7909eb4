/** Runs the product: main class, configuration and wiring. */
@NullMarked
package io.promptaudit.server;

import org.jspecify.annotations.NullMarked;

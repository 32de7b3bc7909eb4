/** The HTTP edge: strict bodies, paths decoded once, and problem+json for everything that goes wrong. */
@NullMarked
package io.promptaudit.server.http;

import org.jspecify.annotations.NullMarked;

/** Measures how fast the trail is, each figure beside its limit. */
@NullMarked
package io.promptaudit.benchmarks;

import org.jspecify.annotations.NullMarked;

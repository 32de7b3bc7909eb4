/** Changes that one admin proposed: what they would do, and what became of them. */
@NullMarked
package io.promptaudit.query.changes;

import org.jspecify.annotations.NullMarked;

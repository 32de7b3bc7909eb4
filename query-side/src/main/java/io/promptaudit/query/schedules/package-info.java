/** Tells what is to be deployed at a later moment, and what became of it. */
@NullMarked
package io.promptaudit.query.schedules;

import org.jspecify.annotations.NullMarked;

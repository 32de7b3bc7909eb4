/** Stands before every query handler: who may ask what, and what an answer may hold. */
@NullMarked
package io.promptaudit.query.gate;

import org.jspecify.annotations.NullMarked;

/** The program that verifies a copy of a ledger, offline and without the server that made it. */
@NullMarked
package io.promptaudit.verify;

import org.jspecify.annotations.NullMarked;

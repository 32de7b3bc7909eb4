/** Accounts, their grants and how those became so. */
@NullMarked
package io.promptaudit.query.accounts;

import org.jspecify.annotations.NullMarked;

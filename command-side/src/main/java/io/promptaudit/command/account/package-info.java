/** Decides about accounts: who exists, who may do what, and how they prove who they are. */
@NullMarked
package io.promptaudit.command.account;

import org.jspecify.annotations.NullMarked;

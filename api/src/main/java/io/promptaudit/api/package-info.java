/** The words every module shares: prompts, versions, policies, accounts, and what a refusal is. */
@NullMarked
package io.promptaudit.api;

import org.jspecify.annotations.NullMarked;

/** Who may come in: HTTP Basic against the accounts of the trail, and nothing open by default. */
@NullMarked
package io.promptaudit.server.security;

import org.jspecify.annotations.NullMarked;

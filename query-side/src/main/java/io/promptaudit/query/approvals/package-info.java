/** Reviews waiting for people, and those given. */
@NullMarked
package io.promptaudit.query.approvals;

import org.jspecify.annotations.NullMarked;

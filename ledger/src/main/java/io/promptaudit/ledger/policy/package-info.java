/** Whom an auditor believes: trust policy files (C2SP tlog-policy). */
@NullMarked
package io.promptaudit.ledger.policy;

import org.jspecify.annotations.NullMarked;

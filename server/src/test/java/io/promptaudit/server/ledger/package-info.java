@NullMarked
package io.promptaudit.server.ledger;

import org.jspecify.annotations.NullMarked;

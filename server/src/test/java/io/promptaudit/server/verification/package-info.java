@NullMarked
package io.promptaudit.server.verification;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.promptaudit.server.witness;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.promptaudit.server.evidence;

import org.jspecify.annotations.NullMarked;

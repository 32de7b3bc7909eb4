@NullMarked
package io.promptaudit.server.disk;

import org.jspecify.annotations.NullMarked;

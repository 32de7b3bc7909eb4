/** What happens at the first start, and clear words when a start fails. */
@NullMarked
package io.promptaudit.server.start;

import org.jspecify.annotations.NullMarked;

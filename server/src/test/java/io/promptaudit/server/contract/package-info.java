/** What is stored for ever, held against approved files. */
@NullMarked
package io.promptaudit.server.contract;

import org.jspecify.annotations.NullMarked;

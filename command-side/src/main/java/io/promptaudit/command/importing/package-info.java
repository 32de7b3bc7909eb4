/** Brings histories from elsewhere into the trail, line by line, marked as imported and not witnessed. */
@NullMarked
package io.promptaudit.command.importing;

import org.jspecify.annotations.NullMarked;

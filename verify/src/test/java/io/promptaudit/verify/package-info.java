/** Tests of the program, in one process and packaged. */
@NullMarked
package io.promptaudit.verify;

import org.jspecify.annotations.NullMarked;

/** Holds the README against the product: its commands are run, its tables compared with the code. */
@NullMarked
package io.promptaudit.server.readme;

import org.jspecify.annotations.NullMarked;

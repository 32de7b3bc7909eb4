/** Every version of every prompt, with its review, checks and comments. */
@NullMarked
package io.promptaudit.query.versions;

import org.jspecify.annotations.NullMarked;

/** HTTP for the difference between two versions. */
@NullMarked
package io.promptaudit.query.diff.web;

import org.jspecify.annotations.NullMarked;

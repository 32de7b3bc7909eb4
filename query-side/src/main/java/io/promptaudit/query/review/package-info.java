/** How the review of a version stands after what happened. */
@NullMarked
package io.promptaudit.query.review;

import org.jspecify.annotations.NullMarked;

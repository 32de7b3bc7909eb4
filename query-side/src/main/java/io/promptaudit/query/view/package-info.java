/** What all views have in common: positions, generations, rebuilding, comparing, paging. */
@NullMarked
package io.promptaudit.query.view;

import org.jspecify.annotations.NullMarked;

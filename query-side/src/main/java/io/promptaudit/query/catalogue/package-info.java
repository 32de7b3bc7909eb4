/** Every prompt, with its latest version's state and what is active where; search. */
@NullMarked
package io.promptaudit.query.catalogue;

import org.jspecify.annotations.NullMarked;

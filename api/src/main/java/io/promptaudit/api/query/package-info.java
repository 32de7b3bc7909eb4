/** What a caller may ask to be told, and the answers. */
@NullMarked
package io.promptaudit.api.query;

import org.jspecify.annotations.NullMarked;

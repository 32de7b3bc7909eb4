/** Tells everything recorded, in order, to subscribers: public, versioned records that are never the internal events. */
@NullMarked
package io.promptaudit.query.feed;

import org.jspecify.annotations.NullMarked;

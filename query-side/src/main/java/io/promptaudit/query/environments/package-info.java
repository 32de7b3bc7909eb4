/** Environments and their release policies, from when until when. */
@NullMarked
package io.promptaudit.query.environments;

import org.jspecify.annotations.NullMarked;

/** Evidence packs: what an auditor takes away, with everything that proves it. */
@NullMarked
package io.promptaudit.server.evidence;

import org.jspecify.annotations.NullMarked;

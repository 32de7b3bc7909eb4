/** What was active where, from when until when, and on what evidence. */
@NullMarked
package io.promptaudit.query.deployments;

import org.jspecify.annotations.NullMarked;

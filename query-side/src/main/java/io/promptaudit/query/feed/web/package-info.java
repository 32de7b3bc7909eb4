/** HTTP for the feed: Server-Sent Events and pages. */
@NullMarked
package io.promptaudit.query.feed.web;

import org.jspecify.annotations.NullMarked;

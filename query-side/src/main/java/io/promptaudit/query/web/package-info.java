/** Reading over HTTP: requests become queries, and answers JSON. */
@NullMarked
package io.promptaudit.query.web;

import org.jspecify.annotations.NullMarked;

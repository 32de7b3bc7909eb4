/** Single sign-on, against a real OpenID provider in the same process. */
@NullMarked
package io.promptaudit.server.sso;

import org.jspecify.annotations.NullMarked;

/** Single sign-on with an OpenID provider: bearer tokens for programs, and sessions for browsers. */
@NullMarked
package io.promptaudit.server.sso;

import org.jspecify.annotations.NullMarked;

/** Attacks on what is recorded, made for real with the rights of a superuser, and what finds each of them. */
@NullMarked
package io.promptaudit.server.attacks;

import org.jspecify.annotations.NullMarked;

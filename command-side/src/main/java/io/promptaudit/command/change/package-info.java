/** Holds back what one admin may not decide alone, until a second admin confirms it. */
@NullMarked
package io.promptaudit.command.change;

import org.jspecify.annotations.NullMarked;

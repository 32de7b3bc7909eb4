/** The readable trail: who did what, when, from where, or was refused. */
@NullMarked
package io.promptaudit.query.audit;

import org.jspecify.annotations.NullMarked;

/** A transparency log in the public C2SP formats: what is proven, and how a claim fails. Needs the JDK only. */
@NullMarked
package io.promptaudit.ledger;

import org.jspecify.annotations.NullMarked;

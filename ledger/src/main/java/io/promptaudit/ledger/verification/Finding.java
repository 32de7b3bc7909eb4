package io.promptaudit.ledger.verification;

/**
 * A check that did not hold.
 *
 * @param verdict whether it contradicts or lacks something
 * @param check which: {@code checkpoint}, {@code tree}, {@code entry}, {@code since}, {@code receipt} or, of a pack, {@code manifest},
 *     {@code event}, {@code completeness}, {@code epoch} or {@code rule}
 * @param detail what does not hold or is missing, and where
 */
public record Finding(Verdict verdict, String check, String detail) {}

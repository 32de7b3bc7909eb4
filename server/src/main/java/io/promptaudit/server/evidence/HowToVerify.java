package io.promptaudit.server.evidence;

import io.promptaudit.ledger.encoding.Utf8;

/** The page that says how to verify a pack with tools that are not ours. */
final class HowToVerify {
    private static final String TEXT = ReportFrame.resource("HOW-TO-VERIFY.md");

    private HowToVerify() {}

    static byte[] of(Contents contents) {
        return Utf8.encode(TEXT.replace("{{origin}}", contents.checkpoint().origin())
                .replace("{{size}}", Long.toString(contents.size())));
    }
}

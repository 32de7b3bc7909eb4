package io.promptaudit.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyProgramTest {
    @TempDir
    Path root;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private LedgerCopy copy;

    @BeforeEach
    void makeLedger() throws IOException {
        copy = new LedgerCopy(root, 600);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return VerifyProgram.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int verify(Object... more) {
        var arguments = new ArrayList<>(List.of(copy.folder.toString(), "--policy", copy.policy.toString()));
        for (Object one : more) {
            arguments.add(one.toString());
        }
        return run(arguments.toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatAGoodLedgerIsGood() throws IOException {
        assertThat(verify()).isZero();
        assertThat(out().lines().map(line -> line.replaceFirst(", [0-9,]+ a second", "").replaceFirst("Root .*", "Root")))
                .containsExactly(
                        "Ledger     log.example/ledger", "Root", "Entries    600 of 600 looked at", "Signed by  " + copy.label(),
                        "GOOD: every entry is in the tree that was signed");
        assertThat(err()).isEmpty();

        copy.receipt(7, 300);
        copy.receipt(599, 600);
        Path since = Files.write(root.resolve("since"), copy.checkpoint(10).encode());
        assertThat(verify("--receipts", copy.receipts, "--since", since)).isZero();
        assertThat(out()).contains(
                "Receipts   2 looked at\nGOOD: every entry is in the tree that was signed, and nothing that you kept contradicts");
    }

    @Test
    void namesWhatContradicts() throws IOException {
        copy.change("tile/entries/001", 39);
        assertThat(verify()).isEqualTo(1);
        assertThat(out()).contains("CONTRADICTED entry: entry 256 (event event-256) is not the one that the tree was made of")
                .endsWith("CONTRADICTED: this is not what was signed\n");
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Files.delete(copy.folder.resolve("tile/entries/001"));
        assertThat(verify()).isEqualTo(2);
        assertThat(out()).contains("INCOMPLETE   entry: there is no file tile/entries/001")
                .endsWith("INCOMPLETE: nothing contradicts, but something is missing\n");
    }

    @Test
    void answersInJson() throws IOException {
        copy.change("tile/entries/001", 39);
        copy.receipt(7, 300);
        assertThat(verify("--json", "--receipts", copy.receipts)).isEqualTo(1);
        assertThat(out().replaceFirst("PerSecond\":[0-9]+", "PerSecond\":…").replaceFirst("\"root\":\"[^\"]{44}\"",
                "\"root\":\"…\"")).isEqualTo(
                        """
                                {"verdict":"contradicted","ledger":"log.example/ledger","size":600,"root":"…","signedBy":["%s"],"witnesses":[],\
                                "entries":600,"entriesPerSecond":…,"receipts":1,"since":false,\
                                "findings":[{"verdict":"contradicted","check":"entry",\
                                "detail":"entry 256 (event event-256) is not the one that the tree was made of"}],"findingsInAll":1}
                                """
                                .formatted(copy.label()));
    }

    @Test
    void holdsALedgerAgainstWhatWasKept() throws IOException {
        copy.receipt(7, 300);
        Path receipts = copy.receipts;
        Path since = Files.write(root.resolve("since"), copy.checkpoint(500).encode());
        LedgerCopy other = new LedgerCopy(root.resolve("other"), 400);
        Path policy = root.resolve("both");
        Files.writeString(policy, Files.readString(other.policy).replace("quorum none\n", "") + Files.readString(copy.policy));
        assertThat(run(other.folder.toString(), "--policy", policy.toString(), "--receipts", receipts.toString(), "--since",
                since.toString()))
                .isEqualTo(2);
        assertThat(out()).contains("INCOMPLETE   since: there was a ledger of 500 entries, and this one has 400");

        Files.writeString(receipts.resolve("event-7.tlog-proof"), "no receipt");
        assertThat(verify("--receipts", receipts)).isEqualTo(1);
        assertThat(out()).contains("event-7.tlog-proof: receipt: has no empty line");
    }

    @Test
    void isNotContentWithAFolderWithoutReceipts() {
        assertThat(verify("--receipts", copy.receipts)).isEqualTo(2);
        assertThat(out()).contains("INCOMPLETE   receipt: there is no *.tlog-proof in ");
    }

    @Test
    void answersTwoWhenItIsNotUsedRightly() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run(copy.folder.toString())).isEqualTo(2);
        assertThat(err()).contains("--policy");
        assertThat(verify("--unknown")).isEqualTo(2);
        assertThat(verify("--since", root.resolve("nowhere"))).isEqualTo(2);
        assertThat(err()).contains("cannot verify: there is no file ");
        assertThat(verify("--since", Files.writeString(root.resolve("since"), "three\nlines\nof another file\n"))).isEqualTo(2);
        assertThat(err()).contains("cannot verify: ", " is no checkpoint: ");
        assertThat(verify("--receipts", root.resolve("nowhere"))).isEqualTo(2);
        assertThat(run(root.resolve("nowhere").toString(), "--policy", copy.policy.toString())).isEqualTo(2);
        assertThat(run(copy.folder.toString(), "--policy", copy.folder.toString())).isEqualTo(2);
        Files.writeString(copy.policy, "quorum none\nquorum none\n");
        assertThat(verify()).isEqualTo(2);
        assertThat(err()).isEqualTo("cannot verify: policy, line 2: is a second quorum line\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("Usage: promptaudit-verify", "FOLDER", "--policy", "--receipts", "--since", "--json",
                "Exit codes:");
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("promptaudit-verify ");
    }

    @Test
    void letsNobodyRewriteTheTerminal() throws IOException {
        Files.writeString(copy.receipts.resolve("a\u001b[2J\u009b1A\u202e.tlog-proof"), "no receipt");
        assertThat(verify("--receipts", copy.receipts)).isEqualTo(1);
        assertThat(out()).contains("a\\u{1b}[2J\\u{9b}1A\\u{202e}.tlog-proof").doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @Test
    void showsProgressToThoseWhoLookOnly() throws InterruptedException {
        assertThat(ProgressBar.wanted(null, false)).isFalse();
        var terminal = new StringWriter();
        for (boolean wanted : new boolean[]{false, true}) {
            var progress = new ProgressBar(new PrintWriter(terminal), wanted);
            Thread.sleep(250);
            progress.at(500, 1000);
            progress.at(501, 1000);
            progress.done();
            assertThat(terminal.toString()).isEqualTo(!wanted
                    ? ""
                    : "\r[####################                    ] 500 of 1,000 entries\r"
                            + " ".repeat(120) + "\r");
        }
    }
}

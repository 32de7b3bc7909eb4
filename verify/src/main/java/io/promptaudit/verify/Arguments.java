package io.promptaudit.verify;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the program is asked. */
@Command(name = "promptaudit-verify", mixinStandardHelpOptions = true, versionProvider = VerifyProgram.Version.class,
        sortOptions = false, description = "Verifies an evidence pack, or a copy of a ledger, offline and under a trust policy.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good: everything was there, and everything held", "1:contradicted: something is not as it was signed",
                "2:incomplete: nothing contradicts, but something is missing, or the program was not used rightly"})
interface Arguments {
    @Parameters(paramLabel = "PACK|FOLDER",
            description = "an evidence pack, as a zip or unpacked, or a copy of a ledger: the file checkpoint and the folder tile")
    Path evidence();

    @Option(names = "--policy", required = true, paramLabel = "FILE",
            description = "which logs and witnesses you believe (C2SP tlog-policy); get it from someone else than the ledger")
    Path policy();

    @Option(names = "--receipts", paramLabel = "DIR",
            description = "a folder of receipts (*.tlog-proof) that were kept: what they prove must be in the ledger")
    @Nullable
    Path receipts();

    @Option(names = "--since", paramLabel = "FILE", description = "a checkpoint that was kept: the ledger must begin with it")
    @Nullable
    Path since();

    @Option(names = "--json", description = "answer in JSON")
    boolean json();
}

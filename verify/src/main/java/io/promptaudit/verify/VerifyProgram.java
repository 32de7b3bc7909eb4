package io.promptaudit.verify;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

import io.promptaudit.ledger.verification.Verdict;

/** The command line. */
public final class VerifyProgram {
    private static final int CANNOT_TELL = 2;

    private VerifyProgram() {}

    /** Runs the program; see {@code --help}. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** Runs the program and returns its exit code, which is never 0 or 1 unless a verification came to its end. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        CommandLine program = new CommandLine(Arguments.class);
        program.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        program.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        program.setExecutionStrategy(VerifyProgram::verify);
        try {
            return program.execute(arguments);
        } catch (Error failure) {
            err.println("cannot verify: " + failure);
            return CANNOT_TELL;
        }
    }

    private static int verify(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        CommandLine line = parsed.commandSpec().commandLine();
        try {
            return verify(line);
        } catch (RuntimeException failure) {
            line.getErr().println(Printable.of("cannot verify: " + failure.getMessage()));
            return CANNOT_TELL;
        }
    }

    private static int verify(CommandLine line) {
        Arguments arguments = line.getCommand();
        var progress = new ProgressBar(line.getErr(), ProgressBar.wanted(System.console(), arguments.json()));
        Report report = new Verifier(arguments, progress).verify();
        line.getOut().print(arguments.json() ? report.json() : report.text());
        line.getOut().flush();
        return exitCode(report.verdict());
    }

    private static int exitCode(Verdict verdict) {
        return switch (verdict) {
            case GOOD -> 0;
            case CONTRADICTED -> 1;
            case INCOMPLETE -> CANNOT_TELL;
        };
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = VerifyProgram.class.getPackage().getImplementationVersion();
            return new String[]{"promptaudit-verify " + (version == null ? "(not packaged)" : version)};
        }
    }
}

package io.promptaudit.server.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.command.account.PersonalVault;
import io.promptaudit.server.guard.PostgresGuards;
import io.promptaudit.server.keys.MasterKey;

/** Says in plain words why the server does not start, and what to do. Nothing was changed by then. */
public final class StartFailures implements FailureAnalyzer {
    /** H2's error codes, from {@code org.h2.api.ErrorCode}. */
    private static final int DATABASE_ALREADY_OPEN = 90020;
    private static final int FILE_VERSION = 90048;
    private static final int READ_ONLY = 90097;
    private static final int IO_EXCEPTION = 90028;
    private static final int IO_EXCEPTION_2 = 90031;
    private static final int FILE_CORRUPTED = 90030;

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            FailureAnalysis analysis = analysis(cause, failure);
            if (analysis != null) {
                return analysis;
            }
        }
        return null;
    }

    private static @Nullable FailureAnalysis analysis(Throwable cause, Throwable failure) {
        return switch (cause) {
            case MasterKey.UnsafeKeyFile e -> say(String.valueOf(e.getMessage()), "Correct the file and start again.", failure);
            case PersonalVault.WrongMasterKey e -> say(String.valueOf(e.getMessage()),
                    "Put back the key file that belongs to this database, or set promptaudit.keys-dir.", failure);
            case PostgresGuards.SuperuserRefused e -> say(String.valueOf(e.getMessage()),
                    "Name an ordinary user in spring.datasource.username, and the owner of the tables in spring.flyway.user. "
                            + "For a trial, set promptaudit.allow-superuser=true.",
                    failure);
            case InvalidValue e when e.field().equals("password") -> say("PROMPTAUDIT_ADMIN_PASSWORD " + e.rule(),
                    "Set another for the first admin, or none, to have one made and printed once.", failure);
            case InvalidValue e when e.field().startsWith("promptaudit.") ->
                say(e.field() + " " + e.rule(), "Correct the setting and start again.", failure);
            case FlywayValidateException e -> say("The database was made or migrated by another version of this server.",
                    "Start the version that wrote it, or a newer one. Nothing was changed. Details: " + e.getMessage(), failure);
            case UncheckedIOException e -> say(e.getMessage() + ": " + e.getCause(),
                    "Make the data folder writable for this user, or set promptaudit.data-dir to one that is.", failure);
            // What the system says of a file, such as "No space left on device"; H2 wraps it under one general code.
            case IOException e when e.getClass() == IOException.class ->
                say("The data folder cannot be written: " + e.getMessage(),
                        "Make room, or make the folder writable for this user, and start again.", failure);
            case SQLException e -> database(e.getErrorCode(), String.valueOf(e.getMessage()), failure);
            default -> null;
        };
    }

    private static @Nullable FailureAnalysis database(int code, String message, Throwable failure) {
        return switch (code) {
            case DATABASE_ALREADY_OPEN -> say("Another process has this data folder open: " + message,
                    "Stop the other server first, or set promptaudit.data-dir to another folder.", failure);
            case FILE_VERSION -> say("The database file was written by a newer version: " + message,
                    "Start the version that wrote it, or a newer one. Nothing was changed.", failure);
            case READ_ONLY, IO_EXCEPTION, IO_EXCEPTION_2 -> say("The data folder cannot be written: " + message,
                    "Make room, or make the folder writable for this user, and start again.", failure);
            case FILE_CORRUPTED -> say("The database file is damaged: " + message,
                    "Keep a copy of the folder, then restore the newest backup. Nothing was changed.", failure);
            default -> null;
        };
    }

    private static FailureAnalysis say(String what, String action, Throwable failure) {
        return new FailureAnalysis(what, action, failure);
    }
}

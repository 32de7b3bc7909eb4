package io.promptaudit.command.prompt;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Rule;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.ImportVersion;
import io.promptaudit.api.command.PromptCommand.OnVersion;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RestorePrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.VersionImported;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** Versions, descriptions and the end of a prompt. Reviews, releases and rollbacks have tests of their own. */
class PromptTest {
    private static final String ARCHIVED = "the prompt is archived; an editor can restore it";
    private final PromptStory prompt = new PromptStory();

    @Nested
    class Creating {
        @Test
        void makesVersionOneWithItsDigest() {
            var config = Map.<String, Object>of("model", "m-1", "temperature", 0.2);
            var command = new CreatePrompt(NAME, PromptType.TEXT, content(1), config, "first", "Intake", "Asks", "ada",
                    List.of("triage"));
            prompt.records(ADA, command, 1, new PromptCreated(NAME, PromptType.TEXT, content(1), config, "first",
                    "sha256:dfbdc77f9c61cfcb506ad1756080866f8383a0e1038c6a60b260a17200f22c82", "Intake", "Asks", "ada",
                    List.of("triage")));
        }

        @Test
        void isRefusedWhenThePromptExists() {
            prompt.versions(1).refuses(BEN, create(), Rule.PROMPT_EXISTS,
                    "the prompt exists already; an editor can write its next version");
        }

        @Test
        void isRefusedWhenThePromptIsArchived() {
            prompt.versions(1).did(ADA, archive());
            prompt.refuses(BEN, create(), Rule.PROMPT_EXISTS, "the prompt exists already; an editor can write its next version");
        }
    }

    @Nested
    class Editing {
        @Test
        void makesTheNextVersion() {
            prompt.versions(2).records(BEN, edit(2), 3,
                    new PromptEdited(NAME, 3, 2, PromptType.TEXT, content(3), Map.of(), "better", digest(3)));
        }

        @Test
        void mayChangeTheType() {
            Content chat = Content.of(List.of(Map.of("role", "user", "content", "Hi")));
            prompt.versions(1).records(ADA, new EditPrompt(NAME, 1, PromptType.CHAT, chat, Map.of(), "as a chat"), 2,
                    new PromptEdited(NAME, 2, 1, PromptType.CHAT, chat, Map.of(), "as a chat",
                            "sha256:dcc828760a30edd3651bd71f82f5ab7c2ce6c3cb0f60104737522ac63e885815"));
        }

        @Test
        void isRefusedWhenSomebodyWasFaster() {
            prompt.versions(3).refuses(BEN, edit(2), Rule.STALE_VERSION,
                    "the edit is based on version 2, the latest is 3; an editor can base it on that");
        }

        @Test
        void isRefusedWhenBasedOnAVersionYetToCome() {
            prompt.versions(1).refuses(BEN, edit(2), Rule.STALE_VERSION,
                    "the edit is based on version 2, the latest is 1; an editor can base it on that");
        }

        @Test
        void isRefusedWhileArchived() {
            prompt.versions(1).did(ADA, archive());
            prompt.refuses(ADA, edit(1), Rule.ARCHIVED, ARCHIVED);
        }

        @Test
        void findsNoPromptThatWasNeverCreated() {
            prompt.findsNoPrompt(ADA, edit(1));
        }
    }

    @Nested
    class Importing {
        private final ImportVersion line = line("2024-05-01T10:00:00Z", "grace");

        private ImportVersion line(String at, String author) {
            return new ImportVersion(NAME, PromptType.TEXT, content(7), Map.of(), "why", "Intake", author, at, "c0ffee");
        }

        private VersionImported imported(int version, ImportVersion from) {
            return new VersionImported(NAME, version, PromptType.TEXT, content(7), Map.of(), "why", digest(7), "Intake",
                    from.claimedAuthor(), from.claimedAt(), "c0ffee");
        }

        @Test
        void makesThePrompt() {
            prompt.records(ADA, line, 1, imported(1, line));
        }

        @Test
        void appendsToAPromptWrittenHere() {
            prompt.versions(2).records(ADA, line, 3, imported(3, line));
        }

        @Test
        void skipsALineImportedBefore() {
            prompt.did(ADA, line);
            prompt.recordsNothing(BEN, line);
        }

        @Test
        void skipsALineImportedBeforeEvenWhenArchived() {
            prompt.did(ADA, line);
            prompt.did(ADA, archive());
            prompt.recordsNothing(ADA, line);
        }

        @Test
        void takesTheSameTextOfAnotherTime() {
            prompt.did(ADA, line);
            var later = line("2024-05-02T10:00:00Z", "grace");
            prompt.records(ADA, later, 2, imported(2, later));
        }

        @Test
        void takesTheSameTextOfAnotherAuthor() {
            prompt.did(ADA, line);
            var other = line("2024-05-01T10:00:00Z", "alan");
            prompt.records(ADA, other, 2, imported(2, other));
        }

        @Test
        void isRefusedWhileArchived() {
            prompt.versions(1).did(ADA, archive());
            prompt.refuses(ADA, line, Rule.ARCHIVED, ARCHIVED);
        }
    }

    @Nested
    class Describing {
        private final DescribePrompt describe = new DescribePrompt(NAME, "Intake", null, "", List.of());

        @Test
        void changesWhatIsGivenAndClearsWhatIsEmpty() {
            prompt.versions(1).records(ADA, describe, null, new PromptDescribed(NAME, "Intake", null, "", List.of()));
        }

        @Test
        void isRefusedWhileArchived() {
            prompt.versions(1).did(ADA, archive());
            prompt.refuses(ADA, describe, Rule.ARCHIVED, ARCHIVED);
        }
    }

    @Nested
    class Archiving {
        @Test
        void closesThePrompt() {
            prompt.versions(1).records(ADA, archive(), null, new PromptArchived(NAME, "replaced"));
        }

        @Test
        void isRefusedWhileSomethingIsActive() {
            prompt.versions(2).did(DAN, deploy(1, STAGING));
            prompt.did(DAN, emergency(2, PRODUCTION));
            prompt.refuses(ADA, archive(), Rule.STILL_ACTIVE,
                    "the prompt is active in production, staging; a deployer can withdraw it there");
        }

        @Test
        void goesAheadOnceWithdrawn() {
            prompt.versions(1).did(DAN, deploy(1, STAGING));
            prompt.did(DAN, withdraw(STAGING));
            prompt.records(ADA, archive(), null, new PromptArchived(NAME, "replaced"));
        }

        @Test
        void isRefusedTheSecondTime() {
            prompt.versions(1).did(ADA, archive());
            prompt.refuses(ADA, archive(), Rule.ARCHIVED, ARCHIVED);
        }

        @ParameterizedTest
        @MethodSource("io.promptaudit.command.prompt.PromptTest#onVersionOne")
        void refusesWhatConcernsAVersion(OnVersion command) {
            prompt.versions(1).did(ADA, archive());
            prompt.refuses(BEN, command, Rule.ARCHIVED, ARCHIVED);
        }

        @Test
        void leavesAnEmergencysDebtToBeClosed() {
            prompt.versions(1);
            String deployment = prompt.did(DAN, emergency(1, PRODUCTION));
            prompt.did(DAN, withdraw(PRODUCTION));
            prompt.did(ADA, archive());
            prompt.did(BEN, new ReviewEmergency(NAME, deployment, Verdict.GOOD, "it was right"));
        }
    }

    @Nested
    class Restoring {
        @Test
        void opensThePromptAgain() {
            prompt.versions(1).did(ADA, archive());
            prompt.records(ADA, new RestorePrompt(NAME, "needed"), null, new PromptRestored(NAME, "needed"));
        }

        @Test
        void letsVersionsGoOnCounting() {
            prompt.versions(2).did(ADA, archive());
            prompt.did(ADA, new RestorePrompt(NAME, "needed"));
            prompt.records(ADA, edit(2), 3,
                    new PromptEdited(NAME, 3, 2, PromptType.TEXT, content(3), Map.of(), "better", digest(3)));
        }

        @Test
        void isRefusedWhenNotArchived() {
            prompt.versions(1).refuses(ADA, new RestorePrompt(NAME, "needed"), Rule.NOT_ARCHIVED,
                    "the prompt is not archived; an editor can archive it");
        }
    }

    @Nested
    class NamingAVersion {
        @ParameterizedTest
        @MethodSource("io.promptaudit.command.prompt.PromptTest#onVersionTwo")
        void thatDoesNotExistFindsNothing(OnVersion command) {
            prompt.versions(1).doesNotKnow(BEN, command, "version-not-found", "the prompt has no version 2");
        }

        @Test
        void belowOneFindsNothing() {
            prompt.versions(1).doesNotKnow(BEN, approve(0), "version-not-found", "the prompt has no version 0");
        }

        @ParameterizedTest
        @MethodSource("io.promptaudit.command.prompt.PromptTest#inLimbo")
        void whereNoEnvironmentIsFindsNothing(PromptCommand command) {
            prompt.versions(1).doesNotKnow(DAN, command, "environment-not-found", "there is no environment limbo");
        }
    }

    static Stream<OnVersion> onVersionOne() {
        return onVersion(1);
    }

    static Stream<OnVersion> onVersionTwo() {
        return onVersion(2);
    }

    static Stream<PromptCommand> inLimbo() {
        return Stream.of(deploy(1, "limbo"), rollBack(null, "limbo"), withdraw("limbo"));
    }

    private static Stream<OnVersion> onVersion(int v) {
        return Stream.of(new RequestApproval(NAME, v, null, List.of()), approve(v), reject(v),
                new RevokeApproval(NAME, v, "no"), new WithdrawRejection(NAME, v, "no"),
                new RecordCheck(NAME, v, "evals", CheckOutcome.PASSED, null, null), new CommentOnPrompt(NAME, v, "hm"),
                deploy(v, STAGING));
    }

    private static ArchivePrompt archive() {
        return new ArchivePrompt(NAME, "replaced");
    }
}

package io.promptaudit.query.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.ReleasePolicyChanged;

import static org.assertj.core.api.Assertions.assertThat;

class FeedTest {
    private static final Caller AUDITOR = caller(Role.AUDITOR, "none");
    private static final Caller CLINICIAN = caller(Role.VIEWER, "clinical/**");

    private final InMemoryTrail trail = new InMemoryTrail();
    private final Feed feed = new Feed(trail);

    @AfterEach
    void everyStreamIsClosed() {
        assertThat(trail.open()).isZero();
    }

    @Test
    void tellsEachCallerWhatItMaySee() {
        trail.add(new PromptArchived("clinical/intake", "old"));
        trail.add(new PromptArchived("sales/pitch", "old"));
        trail.add(new ReleasePolicyChanged("production", 1, new ReleasePolicy(0, true, true, List.of(), true, null), "new"));
        trail.add(new PasswordSet("ada"));
        trail.add(refused("clinical/intake"));
        trail.add(refused("sales/pitch"));
        trail.add(new CommandRefused("CreateAccount", "account:x", null, null, null, Rule.MISSING_GRANT, "No.", null));
        assertThat(positions(AUDITOR)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(positions(CLINICIAN)).containsExactly(1L, 3L, 5L);
        assertThat(positions(caller(Role.ADMIN, "none"))).hasSize(7);
        assertThat(feed.page(CLINICIAN, 0, 50).next()).isEqualTo(7);
    }

    @Test
    void tellsEverythingOncePageByPage() {
        for (int i = 0; i < 5_000; i++) {
            trail.add(new PromptArchived(i % 1_700 == 3 ? "clinical/" + i : "sales/" + i, "old"));
        }
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var seen = new ArrayList<Long>();
            long after = 0;
            for (FeedPage page = feed.page(CLINICIAN, after, 1); page.next() > after; page = feed.page(CLINICIAN, after,
                    1 + random.nextInt(200))) {
                page.items().forEach(event -> seen.add(event.position()));
                after = page.next();
            }
            assertThat(seen).as("seed %d", seed).containsExactly(4L, 1704L, 3404L);
            assertThat(after).isEqualTo(5_000);
        }
    }

    @Test
    void hasNothingBeyondTheEnd() {
        trail.add(new PasswordSet("ada"));
        assertThat(feed.page(AUDITOR, 1, 50)).isEqualTo(new FeedPage(List.of(), 1));
        assertThat(feed.page(AUDITOR, 99, 50)).isEqualTo(new FeedPage(List.of(), 99));
    }

    private List<Long> positions(Caller caller) {
        return feed.page(caller, 0, 50).items().stream().map(CloudEvent::position).toList();
    }

    private static CommandRefused refused(String prompt) {
        return new CommandRefused("ArchivePrompt", "prompt:" + prompt, prompt, null, null, Rule.ARCHIVED, "No.", null);
    }

    private static Caller caller(Role role, String pattern) {
        return new Caller("otto", AccountKind.PERSON, null, List.of(new Grant(role, pattern)), "password");
    }
}

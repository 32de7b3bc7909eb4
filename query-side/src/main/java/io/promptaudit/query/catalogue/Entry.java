package io.promptaudit.query.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.PromptView.ActiveIn;
import io.promptaudit.query.review.Review;
import io.promptaudit.query.view.Occurrence;

/**
 * A prompt in the catalogue.
 *
 * @param review the review of its latest version
 * @param words the latest version's note and content, to search in
 */
record Entry(PromptView shown, Review review, String words) {

    /** The prompt that an event makes, or null when the event is about one that exists. */
    static @Nullable Entry made(PromptEvent event, Occurrence when) {
        if (event instanceof PromptCreated e) {
            return made(e.prompt(), e.title(), e.description(), e.owner(), e.tags(), words(e.content(), e.note()), when);
        }
        if (event instanceof VersionImported e && e.version() == 1) {
            return made(e.prompt(), e.title(), null, null, List.of(), words(e.content(), e.note()), when);
        }
        return null;
    }

    private static Entry made(String prompt, @Nullable String title, @Nullable String description, @Nullable String owner,
            List<String> tags, String words, Occurrence when) {
        return new Entry(new PromptView(prompt, title, description, owner, tags, 1, Review.NONE.state(), false, List.of(),
                when.actor().account(), when.actor().onBehalfOf(), when.at(), when.at()), Review.NONE, words);
    }

    /** The prompt after an event. */
    Entry after(PromptEvent event, Occurrence when) {
        return switch (event) {
            case PromptEdited e -> version(e.version(), null, words(e.content(), e.note()), when.at());
            case VersionImported e -> version(e.version(), e.title(), words(e.content(), e.note()), when.at());
            case PromptDescribed e -> described(e, when.at());
            case ApprovalRequested e -> reviewed(e.version(), e, when);
            case PromptApproved e -> reviewed(e.version(), e, when);
            case PromptRejected e -> reviewed(e.version(), e, when);
            case ApprovalRevoked e -> reviewed(e.version(), e, when);
            case RejectionWithdrawn e -> reviewed(e.version(), e, when);
            case PromptDeployed e -> active(e.environment(), e.version(), when);
            case PromptRolledBack e -> active(e.environment(), e.version(), when);
            case PromptWithdrawn e -> active(e.environment(), null, when);
            case PromptArchived _ -> new Entry(shown.archived(true, when.at()), review, words);
            case PromptRestored _ -> new Entry(shown.archived(false, when.at()), review, words);
            case CheckRecorded _,PromptCommented _,EmergencyReviewed _,DeploymentScheduled _,ScheduleCancelled _ -> this;
            case PromptCreated _ -> throw new IllegalStateException("a prompt is created twice");
        };
    }

    private Entry version(int number, @Nullable String title, String newWords, Instant at) {
        return new Entry(shown.versioned(number, Review.NONE.state(), title, at), Review.NONE, newWords);
    }

    private Entry described(PromptDescribed e, Instant at) {
        return new Entry(shown.described(changed(shown.title(), e.title()), changed(shown.description(), e.description()),
                changed(shown.owner(), e.owner()), Objects.requireNonNullElse(e.tags(), shown.tags()), at), review, words);
    }

    private static @Nullable String changed(@Nullable String before, @Nullable String after) {
        if (after == null) {
            return before;
        }
        return after.isEmpty() ? null : after;
    }

    private Entry reviewed(int version, PromptEvent event, Occurrence when) {
        if (version != shown.latest()) {
            return this;
        }
        var next = review.after(event, when);
        return new Entry(shown.standing(next.state(), when.at()), next, words);
    }

    private Entry active(String environment, @Nullable Integer version, Occurrence when) {
        var active = new ArrayList<>(shown.active().stream().filter(in -> !in.environment().equals(environment)).toList());
        if (version != null) {
            active.add(new ActiveIn(environment, version, when.id(), when.at()));
        }
        return new Entry(shown.active(active, when.at()), review, words);
    }

    private static String words(Content content, String note) {
        return note + "\n" + switch (content) {
            case Content.Text text -> text.text();
            case Content.Chat chat ->
                chat.messages().stream().flatMap(said -> Stream.of(said.role(), said.content(), said.name()))
                        .filter(Objects::nonNull).collect(Collectors.joining("\n"));
        };
    }
}

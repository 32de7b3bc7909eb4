package io.promptaudit.server.evidence;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.event.CountedCheck;
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.api.query.ReplayedPrompt.Deployment;
import io.promptaudit.api.query.ReplayedPrompt.Version;
import io.promptaudit.server.evidence.PromptStory.Signed;

/** What the report says of one prompt: its versions, and where each was active on which evidence. */
final class PromptPages {
    private final Html html;
    private final PromptStory story;
    private final String end;

    /** @param end of what is told, in words */
    PromptPages(Html html, PromptStory story, String end) {
        this.html = html;
        this.story = story;
        this.end = end;
    }

    /** Writes everything that is known of the prompt. */
    void write(String name) throws IOException {
        html.element("h3", name);
        if (story.broken() != null) {
            html.element("p",
                    "The event at position %d cannot be read, or contradicts those before it. What follows is what the events before it say."
                            .formatted(story.broken()),
                    "class", "bad");
        }
        if (story.state().isEmpty()) {
            return;
        }
        ReplayedPrompt state = story.state().get();
        about(state);
        versions(state.versions());
        active(state.deployments());
        deployments(state.deployments());
    }

    private void about(ReplayedPrompt state) throws IOException {
        String title = state.title();
        html.open("p");
        if (title != null) {
            html.element("strong", title).text(". ");
        }
        html.text("%d version%s, %s%s.".formatted(state.versions().size(), state.versions().size() == 1 ? "" : "s",
                state.active().isEmpty()
                        ? "active nowhere " + end
                        : end + " " + state.active().stream()
                                .map(active -> "version %d active in %s".formatted(active.version(), active.environment()))
                                .collect(Collectors.joining(", ")),
                state.archived() ? ", archived" : ""));
        if (state.owner() != null) {
            html.text(" Owner: " + state.owner() + ".");
        }
        html.close("p");
    }

    private void versions(List<Version> versions) throws IOException {
        html.table("Versions", "Version", "Written", "Why", "Approvals that stand", "Checks");
        for (Version version : versions) {
            html.markup("<tr>").open("th", "scope", "row").text(version.version()).close("th").open("td");
            who(story.version(version.version()), version.author());
            html.markup("<br/>").time(version.recordedAt());
            if (version.imported() != null) {
                html.element("p", "Imported, not witnessed", "class", "claim");
                html.element("p", "The source claims: by %s, %s%s".formatted(version.imported().claimedAuthor(),
                        version.imported().claimedAt(),
                        version.imported().commit() == null ? "" : ", as " + version.imported().commit()), "class", "small");
            }
            html.close("td").open("td").text(version.note()).element("p", version.digest(), "class", "digest").close("td")
                    .open("td");
            approvals(version.approvals(), words(version.state()));
            for (var rejection : version.rejections()) {
                html.open("p").element("strong", "Rejected").text(" by %s: %s".formatted(rejection.account(), rejection.reason()))
                        .close("p");
            }
            html.close("td").open("td");
            for (var check : version.checks()) {
                html.open("p").text("%s %s".formatted(check.name(), words(check.outcome())))
                        .element("span", ", by %s".formatted(check.account()), "class", "small").close("p");
            }
            html.close("td").close("tr");
        }
        html.endTable();
    }

    private void approvals(List<ApprovalView> approvals, String otherwise) throws IOException {
        if (approvals.isEmpty()) {
            html.element("span", otherwise, "class", "small");
        }
        for (ApprovalView approval : approvals) {
            Signed signed = story.approval(approval.approval());
            html.open("p");
            who(signed == null ? null : signed.line(), approval.account());
            html.text(", ").element("strong", approval.meaning()).markup("<br/>").time(approval.recordedAt());
            if (signed != null && signed.words() != null) {
                html.markup("<br/>").element("q", signed.words());
            }
            html.close("p");
        }
    }

    private void active(List<Deployment> deployments) throws IOException {
        if (deployments.isEmpty()) {
            return;
        }
        html.table("What was active when", "Environment", "Version", "From", "Until");
        for (Deployment deployment : deployments.stream().sorted(Comparator.comparing(Deployment::environment)).toList()) {
            html.markup("<tr>").element("td", deployment.environment()).element("td", deployment.version()).open("td")
                    .time(deployment.since()).close("td").open("td");
            if (deployment.until() == null) {
                html.text("still active " + end);
            } else {
                html.time(deployment.until());
            }
            html.close("td").close("tr");
        }
        html.endTable();
    }

    private void deployments(List<Deployment> deployments) throws IOException {
        if (deployments.isEmpty()) {
            return;
        }
        html.table("Deployments and what each was decided on", "When and where", "What", "Why", "Evidence");
        for (Deployment deployment : deployments) {
            html.markup("<tr>").open("td").time(deployment.since()).markup("<br/>").element("strong", deployment.environment())
                    .close("td").open("td").text("Version %d".formatted(deployment.version()));
            if (deployment.restores() != null) {
                html.text(", by rollback");
            }
            html.markup("<br/>").element("span", "by ", "class", "small");
            who(story.release(deployment.deployment()), deployment.by());
            html.close("td").open("td").text(deployment.reason());
            if (deployment.ticket() != null) {
                html.markup("<br/>").element("span", "Ticket " + deployment.ticket(), "class", "small");
            }
            html.close("td").open("td");
            evidence(deployment);
            html.close("td").close("tr");
        }
        html.endTable();
    }

    private void evidence(Deployment deployment) throws IOException {
        if (deployment.restores() != null) {
            html.element("p", "Back to what was released before, on that evidence:", "class", "small");
        }
        if (deployment.emergency()) {
            html.element("p", "Emergency: decided without the approvals that the policy asks for", "class", "claim");
            Signed review = story.review(deployment.deployment());
            html.open("p");
            if (review == null) {
                html.element("strong", "Not reviewed yet");
            } else {
                html.element("strong", "Reviewed").text(" by ");
                who(review.line(), review.line().actor());
                html.text(", ").time(review.line().recordedAt()).text(": " + review.words());
            }
            html.close("p");
        }
        approvals(deployment.approvals(), "no approvals counted");
        for (CountedCheck check : deployment.checks()) {
            html.element("p", "Check %s passed".formatted(check.name()));
        }
        html.element("p", "Policy revision %d of %s".formatted(deployment.policyRevision(), deployment.environment()), "class",
                "small");
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void who(@Nullable AuditEntry line, String account) throws IOException {
        People.write(html, line, account);
    }
}

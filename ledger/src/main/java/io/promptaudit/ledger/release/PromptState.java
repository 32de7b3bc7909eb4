package io.promptaudit.ledger.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.promptaudit.ledger.VerificationFailed;

/** What one prompt's events come to, told from the first on. Takes whatever was recorded, right or not. */
final class PromptState {
    final Map<String, Deployments> environments = new HashMap<>();
    /** The schedules that wait, by their events. */
    final Map<String, Schedule> schedules = new LinkedHashMap<>();
    private final List<Version> versions = new ArrayList<>();
    private final Set<Source> imported = new HashSet<>();
    boolean archived;

    /** A deployment that was planned. */
    record Schedule(Actor by, Fields said) {}

    /** What recognises an imported line again. */
    record Source(String claimedAt, String claimedAuthor, String digest) {
        static Source of(Fields body) {
            return new Source(body.text("claimedAt"), body.text("claimedAuthor"), body.text("digest"));
        }
    }

    int latest() {
        return versions.size();
    }

    boolean knows(Source source) {
        return imported.contains(source);
    }

    /**
     * The version that a field names.
     *
     * @throws VerificationFailed if there is none of this number
     */
    Version version(Fields body) {
        long number = body.number("version");
        if (number < 1 || number > versions.size()) {
            throw new VerificationFailed("there is no version " + number);
        }
        return versions.get((int) number - 1);
    }

    Deployments in(String environment) {
        return environments.computeIfAbsent(environment, _ -> new Deployments());
    }

    /** Every deployment, wherever. */
    Stream<Release> releases() {
        return environments.values().stream().flatMap(there -> there.releases.stream());
    }

    boolean isProper(Release release) {
        return release.isProper(versions.get(release.version - 1));
    }

    /** Who wrote this version. */
    Set<String> authors(int version) {
        return versions.get(version - 1).author.names();
    }

    /** Who wrote this version, or one after the last proper release that stands there. */
    Set<String> authorsSinceRelease(String environment, int version) {
        int released = in(environment).standing().stream().filter(this::isProper).map(release -> release.version).findFirst()
                .orElse(0);
        var authors = new TreeSet<>(authors(version));
        for (int each = released + 1; each < version; each++) {
            authors.addAll(authors(each));
        }
        return authors;
    }

    /** Goes on by one event; what it says of things that are not there changes nothing. */
    void apply(Act act) {
        Fields body = act.body();
        switch (act.type()) {
            case "PromptCreated", "PromptEdited" -> versions.add(new Version(act.by(), body.text("digest")));
            case "VersionImported" -> {
                versions.add(new Version(act.by(), body.text("digest")));
                imported.add(Source.of(body));
            }
            case "ApprovalRequested" -> version(body).inReview = true;
            case "PromptApproved" -> version(body).approvals.add(Signature.of(act));
            case "PromptRejected" -> version(body).rejections.add(Signature.of(act));
            case "ApprovalRevoked" -> forget(version(body).approvals, body.texts("approvals"));
            case "RejectionWithdrawn" -> forget(version(body).rejections, body.texts("rejections"));
            case "CheckRecorded" -> version(body).checks.put(body.text("name"),
                    new Version.Check(act.id(), body.text("outcome").equals("passed")));
            case "PromptDeployed" -> deployed(act);
            case "PromptRolledBack" -> {
                version(body);
                in(body.text("environment"))
                        .rolledBack(new Deployments.Active((int) body.number("version"), act.id()), body.text("restores"));
            }
            case "PromptWithdrawn" -> in(body.text("environment")).active = null;
            case "DeploymentScheduled" -> schedules.put(act.id(), new Schedule(act.by(), body));
            case "ScheduleCancelled" -> schedules.remove(body.text("schedule"));
            case "EmergencyReviewed" -> releases().filter(release -> release.event.equals(body.findText("deployment")))
                    .forEach(release -> release.verdict = body.text("verdict"));
            case "PromptArchived" -> archived = true;
            case "PromptRestored" -> archived = false;
            default -> {
                // Comments and descriptions decide nothing, and what is unknown has been told.
            }
        }
    }

    private void deployed(Act act) {
        Fields body = act.body();
        version(body);
        in(body.text("environment")).deployed(new Release(act.id(), (int) body.number("version"), act.by(),
                body.flag("emergency"), body.objects("approvals").stream().map(counted -> counted.text("approval")).toList()));
        String schedule = body.findText("schedule");
        if (schedule != null) {
            schedules.remove(schedule);
        }
    }

    private static void forget(List<Signature> signatures, List<String> events) {
        signatures.removeIf(signature -> events.contains(signature.event()));
    }
}

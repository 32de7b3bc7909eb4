package io.promptaudit.query.view;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

import io.promptaudit.api.query.ApprovalView;

/** Who signed, by name. */
@FunctionalInterface
public interface Signatories {

    /**
     * The display names of those who acted in these events, as they were then.
     *
     * @return by the event's id; without those whose account's key was erased
     */
    Map<String, String> names(Collection<String> events);

    /** The names of those who gave these approvals. */
    default Map<String, String> of(Stream<ApprovalView> approvals) {
        return names(approvals.map(ApprovalView::approval).distinct().toList());
    }
}

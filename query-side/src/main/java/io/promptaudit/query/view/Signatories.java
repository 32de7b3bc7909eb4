package io.promptaudit.query.view;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.Signatory;

/** Who signed, and for whom. */
@FunctionalInterface
public interface Signatories {

    /**
     * Who acted in these events, with the names they had then.
     *
     * @return by the event's id
     */
    Map<String, Signatory> find(Collection<String> events);

    /** Who gave these approvals. */
    default Map<String, Signatory> of(Stream<ApprovalView> approvals) {
        return find(approvals.map(ApprovalView::approval).distinct().toList());
    }
}

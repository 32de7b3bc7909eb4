package io.promptaudit.query.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.query.VersionDiff.Change;
import io.promptaudit.api.query.VersionDiff.MessageChange;

/**
 * The difference of two chats, message by message. Equal messages belong together first; between them, messages of the
 * same role do, in order. A placeholder belongs only to one of the same name.
 */
final class Messages {
    private Messages() {}

    /** Every message of both sides: where they interleave, removed ones before added ones. */
    static List<MessageChange> compare(List<ChatMessage> from, List<ChatMessage> to) {
        int[] partners = Alignment.of(from, to);
        var changes = new ArrayList<MessageChange>();
        int a = 0;
        int b = 0;
        while (a < from.size() || b < to.size()) {
            int fromEnd = a;
            while (fromEnd < from.size() && partners[fromEnd] < 0) {
                fromEnd++;
            }
            int toEnd = fromEnd < from.size() ? partners[fromEnd] : to.size();
            between(from, a, fromEnd, to, b, toEnd, changes);
            if (fromEnd < from.size()) {
                changes.add(change(fromEnd, toEnd, Change.SAME, from.get(fromEnd), to.get(toEnd)));
            }
            a = fromEnd + 1;
            b = toEnd + 1;
        }
        return changes;
    }

    private static void between(List<ChatMessage> from, int fromStart, int fromEnd, List<ChatMessage> to, int toStart,
            int toEnd, List<MessageChange> changes) {
        int[] partners = Alignment.of(kinds(from.subList(fromStart, fromEnd)), kinds(to.subList(toStart, toEnd)));
        int b = toStart;
        for (int a = fromStart; a < fromEnd; a++) {
            int partner = partners[a - fromStart];
            if (partner < 0) {
                changes.add(change(a, null, Change.REMOVED, from.get(a), null));
                continue;
            }
            while (b < toStart + partner) {
                changes.add(change(null, b, Change.ADDED, null, to.get(b)));
                b++;
            }
            changes.add(change(a, b, Change.CHANGED, from.get(a), to.get(b)));
            b++;
        }
        while (b < toEnd) {
            changes.add(change(null, b, Change.ADDED, null, to.get(b)));
            b++;
        }
    }

    private static MessageChange change(@Nullable Integer fromIndex, @Nullable Integer toIndex, Change change,
            @Nullable ChatMessage from, @Nullable ChatMessage to) {
        ChatMessage shown = Objects.requireNonNull(to == null ? from : to);
        return new MessageChange(fromIndex, toIndex, change, shown.isPlaceholder() ? null : shown.role(),
                shown.isPlaceholder() ? shown.name() : null, Lines.compare(lines(from), lines(to)));
    }

    private static List<String> lines(@Nullable ChatMessage message) {
        return message == null || message.content() == null ? List.of() : Lines.of(message.content());
    }

    /** What two messages must share to be the same one, changed. */
    private static List<Kind> kinds(List<ChatMessage> messages) {
        return messages.stream().map(message -> new Kind(message.isPlaceholder(),
                message.isPlaceholder() ? message.name() : message.role())).toList();
    }

    private record Kind(boolean placeholder, @Nullable String name) {}
}

package io.promptaudit.server.evidence;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.query.VersionDiff;
import io.promptaudit.api.query.VersionDiff.Change;
import io.promptaudit.api.query.VersionDiff.ConfigChange;
import io.promptaudit.api.query.VersionDiff.Hunk;
import io.promptaudit.api.query.VersionDiff.Line;
import io.promptaudit.api.query.VersionDiff.MessageChange;
import io.promptaudit.api.query.VersionDiff.Op;
import io.promptaudit.api.query.VersionDiff.Word;
import io.promptaudit.query.diff.WrittenVersion;

/** What versions say: whole, or how each differs from the one before. */
final class TextPages {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Html html;

    TextPages(Html html) {
        this.html = html;
    }

    /** Everything that a version says. */
    void whole(WrittenVersion version, String why) throws IOException {
        html.element("h4", "Version %d%s".formatted(version.version(), why));
        switch (version.content()) {
            case Content.Text text -> html.element("pre", text.text(), "class", "prompt");
            case Content.Chat chat -> {
                for (ChatMessage message : chat.messages()) {
                    message(message);
                }
            }
        }
        if (!version.config().isEmpty()) {
            html.open("p", "class", "small").text("Config: ").element("code", json(version.config())).close("p");
        }
    }

    private void message(ChatMessage message) throws IOException {
        if (message.isPlaceholder()) {
            html.element("p", "Placeholder %s: the application puts messages here".formatted(message.name()), "class", "speaker");
        } else {
            html.element("p", message.role(), "class", "speaker").element("pre", message.content(), "class", "prompt");
        }
    }

    /** What is different from the version before. */
    void change(VersionDiff diff) throws IOException {
        html.element("h4", "Version %d, compared with version %d".formatted(diff.to(), diff.from()));
        if (diff.typeChanged() != null) {
            html.element("p", "The type changed: all of the old one is removed and all of the new one added.");
        }
        boolean isSame = diff.config().isEmpty();
        if (diff.content() != null) {
            isSame &= diff.content().hunks().isEmpty();
            hunks(diff.content().hunks());
        }
        for (MessageChange message : diff.messages()) {
            if (message.change() != Change.SAME) {
                isSame = false;
                html.element("p",
                        "%s: %s".formatted(message.role() == null ? "Placeholder " + message.placeholder() : message.role(),
                                said(message.change())),
                        "class", "speaker");
                hunks(message.hunks());
            }
        }
        config(diff.config());
        if (isSame) {
            html.element("p", "It says the same.", "class", "small");
        }
    }

    private static String said(Change change) {
        return switch (change) {
            case ADDED -> "added";
            case REMOVED -> "removed";
            case CHANGED -> "changed";
            case SAME -> "the same";
        };
    }

    private void hunks(List<Hunk> hunks) throws IOException {
        for (Hunk hunk : hunks) {
            html.open("pre", "class", "diff");
            for (Line line : hunk.lines()) {
                line(line);
            }
            html.close("pre");
        }
    }

    private void line(Line line) throws IOException {
        String element = element(line.op());
        html.open(element).text(sign(line.op()));
        if (line.words() == null) {
            html.text(line.text());
        } else {
            for (Word word : line.words()) {
                if (word.op() == Op.EQUAL) {
                    html.text(word.text());
                } else {
                    html.element("b", word.text());
                }
            }
        }
        html.text("\n").markup("</" + element + ">");
    }

    private static String element(Op op) {
        return switch (op) {
            case EQUAL -> "span";
            case DELETE -> "del";
            case INSERT -> "ins";
        };
    }

    private static String sign(Op op) {
        return switch (op) {
            case EQUAL -> "  ";
            case DELETE -> "- ";
            case INSERT -> "+ ";
        };
    }

    private void config(List<ConfigChange> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        html.table("Config", "Where", "Before", "After");
        for (ConfigChange change : changes) {
            html.markup("<tr>").element("td", change.path());
            switch (change) {
                case ConfigChange.Added added -> html.element("td", "").element("td", json(added.to()));
                case ConfigChange.Removed removed -> html.element("td", json(removed.from())).element("td", "");
                case ConfigChange.Changed changed -> html.element("td", json(changed.from())).element("td", json(changed.to()));
            }
            html.close("tr");
        }
        html.endTable();
    }

    private static String json(@Nullable Object value) {
        return JSON.writeValueAsString(value);
    }
}

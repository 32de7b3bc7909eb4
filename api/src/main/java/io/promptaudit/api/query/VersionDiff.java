package io.promptaudit.api.query;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.PromptType;

/**
 * What is different between two versions of a prompt.
 *
 * @param typeChanged both types, when they differ: then all of the one is removed and all of the other added
 * @param content the difference of the text; null when neither version is a text
 * @param messages every message of both versions in order; empty when neither version is a chat
 * @param config what changes the one configuration into the other when applied in this order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionDiff(String prompt, int from, int to, @Nullable TypeChange typeChanged, @Nullable TextChange content,
        List<MessageChange> messages, List<ConfigChange> config) {

    /** Two types that differ. */
    public record TypeChange(PromptType from, PromptType to) {}

    /** The difference of two texts; no hunks when they are equal. */
    public record TextChange(List<Hunk> hunks) {}

    /**
     * Changed lines with up to three unchanged ones around them. A text is its lines joined by line feeds: a text that
     * ends in a line feed has an empty last line, a carriage return belongs to its line.
     *
     * @param fromLine the first line on the old side, from 1; 0 when there is no old side
     * @param toLine the first line on the new side, from 1; 0 when there is no new side
     */
    public record Hunk(int fromLine, int fromCount, int toLine, int toCount, List<Line> lines) {}

    /**
     * One line.
     *
     * @param words which words of a replaced line are different, where that says anything; joined they are the text
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(Op op, String text, @Nullable List<Word> words) {}

    /** A piece of a line. */
    public record Word(Op op, String text) {}

    /** What happened to a line or a word. */
    public enum Op {
        /** On both sides. */
        @JsonProperty("equal")
        EQUAL,
        /** Only on the old side. */
        @JsonProperty("delete")
        DELETE,
        /** Only on the new side. */
        @JsonProperty("insert")
        INSERT
    }

    /**
     * What happened to one message or placeholder.
     *
     * @param from its index on the old side, from 0; null when added
     * @param to its index on the new side, from 0; null when removed
     * @param role who speaks; null for a placeholder
     * @param placeholder the placeholder's name; null for a message
     * @param hunks the difference of what it says
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MessageChange(@Nullable Integer from, @Nullable Integer to, Change change, @Nullable String role,
            @Nullable String placeholder, List<Hunk> hunks) {}

    /** What happened to a message or a value. */
    public enum Change {
        /** It is only on the new side. */
        @JsonProperty("added")
        ADDED,
        /** It is only on the old side. */
        @JsonProperty("removed")
        REMOVED,
        /** It is on both sides, and different. */
        @JsonProperty("changed")
        CHANGED,
        /** It is on both sides, and the same. */
        @JsonProperty("same")
        SAME
    }

    /** What happened to one value of the configuration; {@code path} is a JSON pointer (RFC 6901). */
    public sealed interface ConfigChange {

        /** Where the value is. */
        String path();

        /** What happened to it. */
        @JsonProperty
        Change op();

        /** A value that is new; null is the JSON null. */
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Added(String path, @Nullable Object to) implements ConfigChange {
            @Override
            public Change op() {
                return Change.ADDED;
            }
        }

        /** A value that is gone; null is the JSON null. */
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Removed(String path, @Nullable Object from) implements ConfigChange {
            @Override
            public Change op() {
                return Change.REMOVED;
            }
        }

        /** A value that is another; null is the JSON null. */
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Changed(String path, @Nullable Object from, @Nullable Object to) implements ConfigChange {
            @Override
            public Change op() {
                return Change.CHANGED;
            }
        }
    }
}

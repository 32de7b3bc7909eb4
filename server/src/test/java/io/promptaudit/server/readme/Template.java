package io.promptaudit.server.readme;

import java.util.regex.Pattern;

/** An expected output in which {@code …} stands for anything. */
final class Template {
    private static final char ANYTHING = '…';

    private Template() {}

    /** Whether the JSON is as the template says; spaces and line breaks between its parts do not count. */
    static boolean matchesJson(String template, String json) {
        var pattern = new StringBuilder();
        boolean inString = false;
        String parts = withoutSpace(template);
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            if (inString && c == '\\') {
                pattern.append(Pattern.quote(parts.substring(i, i + 2)));
                i++;
                continue;
            }
            if (c == '"') {
                inString = !inString;
            }
            // Within a string it ends with the string, so that it cannot swallow other members.
            String anything = inString ? "(?:[^\"\\\\]|\\\\.)*?" : ".*?";
            pattern.append(c == ANYTHING ? anything : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(withoutSpace(json)).matches();
    }

    /** Whether the text is as the template says, line by line. */
    static boolean matchesText(String template, String text) {
        var pattern = new StringBuilder();
        template.strip().chars()
                .forEach(c -> pattern.append(c == ANYTHING ? ".*?" : Pattern.quote(Character.toString(c))));
        return Pattern.compile(pattern.toString()).matcher(text.strip()).matches();
    }

    private static String withoutSpace(String json) {
        var parts = new StringBuilder();
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\' && i + 1 < json.length()) {
                parts.append(c).append(json.charAt(++i));
                continue;
            }
            if (c == '"') {
                inString = !inString;
            }
            if (inString || !Character.isWhitespace(c)) {
                parts.append(c);
            }
        }
        return parts.toString();
    }
}

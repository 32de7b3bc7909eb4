package io.promptaudit.server.disk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.unit.DataSize;

/**
 * An amount of free space: a share of the volume, a size, or both, of which the smaller one counts. A share alone would be silly on a
 * huge volume, and a size alone on a small one.
 *
 * @param text as it was written, such as {@code 20%}, {@code 2GB} or {@code 20%,20GB}
 * @param share from 0 to 1
 * @param bytes as many at most
 */
public record FreeSpace(String text, double share, long bytes) {
    private static final Pattern FORM = Pattern.compile("(?:([0-9]{1,2}(?:\\.[0-9]+)?) ?%)?(,)?([0-9]+(?:B|KB|MB|GB|TB))?");

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException unless it is a percentage, a size or both with a comma between
     */
    public static FreeSpace valueOf(String text) {
        Matcher form = FORM.matcher(text.strip());
        boolean isRight = form.matches() && (form.group(1) != null || form.group(3) != null)
                && (form.group(2) != null) == (form.group(1) != null && form.group(3) != null);
        if (!isRight) {
            throw new IllegalArgumentException("free space is a percentage, a size, or both with a comma between");
        }
        double share = form.group(1) == null ? 1 : Double.parseDouble(form.group(1)) / 100;
        return new FreeSpace(text.strip(), share,
                form.group(3) == null ? Long.MAX_VALUE : DataSize.parse(form.group(3)).toBytes());
    }

    /** How many bytes that is on a volume of this size. */
    long of(long total) {
        return Math.min(bytes, Math.round(share * total));
    }

    @Override
    public String toString() {
        return text;
    }
}

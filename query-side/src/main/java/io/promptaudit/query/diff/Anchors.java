package io.promptaudit.query.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The longest rising row of pairs of elements that are on each side exactly once (patience diff). */
final class Anchors {
    private Anchors() {}

    /** Pairs of an index into {@code from} and one into {@code to}, both rising. */
    static List<int[]> of(int[] from, int[] left, int[] to, int[] right) {
        Map<Integer, Integer> fromOnce = once(from, left);
        Map<Integer, Integer> toOnce = once(to, right);
        var pairs = new ArrayList<int[]>();
        for (int index : left) {
            int other = toOnce.getOrDefault(from[index], -1);
            if (other >= 0 && fromOnce.getOrDefault(from[index], -1) >= 0) {
                pairs.add(new int[]{index, other});
            }
        }
        return rising(pairs);
    }

    /** The index of each element that is there once; -1 for one that is there more often. */
    private static Map<Integer, Integer> once(int[] side, int[] indexes) {
        var once = new HashMap<Integer, Integer>();
        for (int index : indexes) {
            once.merge(side[index], index, (_, _) -> -1);
        }
        return once;
    }

    private static List<int[]> rising(List<int[]> pairs) {
        int[] tails = new int[pairs.size()];
        int[] before = new int[pairs.size()];
        int length = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int place = place(pairs, tails, length, pairs.get(i)[1]);
            before[i] = place == 0 ? -1 : tails[place - 1];
            tails[place] = i;
            length = Math.max(length, place + 1);
        }
        int[][] row = new int[length][];
        for (int i = length == 0 ? -1 : tails[length - 1]; i >= 0; i = before[i]) {
            row[--length] = pairs.get(i);
        }
        return Arrays.asList(row);
    }

    private static int place(List<int[]> pairs, int[] tails, int length, int value) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pairs.get(tails[middle])[1] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

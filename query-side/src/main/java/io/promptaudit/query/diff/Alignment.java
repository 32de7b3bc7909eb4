package io.promptaudit.query.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;

/**
 * Which elements of two lists belong together: pairs of equal elements in rising order. The longest such row of pairs for
 * lists of usual size. Where two stretches have more than {@value #MOST_CELLS} pairs to consider, elements that are on
 * each side once anchor the row instead, and what lies between two anchors and is still as large is left unpaired; so
 * that the time stays bounded whatever the lists are.
 */
final class Alignment {
    /** The product of the lengths of two stretches up to which the longest row is looked for: 3,000 by 3,000. */
    static final long MOST_CELLS = 9_000_000;

    private final int[] from;
    private final int[] to;
    private final int[] partners;

    private Alignment(int[] from, int[] to) {
        this.from = from;
        this.to = to;
        this.partners = new int[from.length];
        Arrays.fill(partners, -1);
    }

    /** For each element of {@code from} the index of its partner in {@code to}, or -1. */
    static <T> int[] of(List<T> from, List<T> to) {
        // Numbers in place of the elements: long lines are then compared once only.
        Map<T, Integer> numbers = new HashMap<>();
        var alignment = new Alignment(numbered(from, numbers), numbered(to, numbers));
        alignment.pair(0, from.size(), 0, to.size(), true);
        return alignment.partners;
    }

    private static <T> int[] numbered(List<T> elements, Map<T, Integer> numbers) {
        return elements.stream().mapToInt(element -> numbers.computeIfAbsent(element, _ -> numbers.size())).toArray();
    }

    private void pair(int fromStart, int fromEnd, int toStart, int toEnd, boolean mayAnchor) {
        int a = fromStart;
        int b = toStart;
        while (a < fromEnd && b < toEnd && from[a] == to[b]) {
            partners[a++] = b++;
        }
        int c = fromEnd;
        int d = toEnd;
        while (a < c && b < d && from[c - 1] == to[d - 1]) {
            partners[--c] = --d;
        }
        int[] left = shared(from, a, c, to, b, d);
        int[] right = shared(to, b, d, from, a, c);
        if ((long) left.length * right.length <= MOST_CELLS) {
            longest(left, right);
        } else if (mayAnchor) {
            anchored(left, right, a, c, b, d);
        }
    }

    /** The indexes of the elements that are on the other side at all: no other can have a partner. */
    private static int[] shared(int[] side, int start, int end, int[] other, int otherStart, int otherEnd) {
        var there = new HashMap<Integer, Boolean>();
        for (int i = otherStart; i < otherEnd; i++) {
            there.put(other[i], true);
        }
        var indexes = new ArrayList<Integer>();
        for (int i = start; i < end; i++) {
            if (there.containsKey(side[i])) {
                indexes.add(i);
            }
        }
        return indexes.stream().mapToInt(Integer::intValue).toArray();
    }

    private void longest(int[] left, int[] right) {
        var old = Arrays.stream(left).mapToObj(i -> from[i]).toList();
        var young = Arrays.stream(right).mapToObj(i -> to[i]).toList();
        int a = 0;
        int b = 0;
        for (Change change : new MyersDiffWithLinearSpace<Integer>().computeDiff(old, young, null)) {
            while (a < change.startOriginal) {
                partners[left[a++]] = right[b++];
            }
            a = change.endOriginal;
            b = change.endRevised;
        }
        while (a < left.length) {
            partners[left[a++]] = right[b++];
        }
    }

    private void anchored(int[] left, int[] right, int fromStart, int fromEnd, int toStart, int toEnd) {
        int a = fromStart;
        int b = toStart;
        for (int[] anchor : Anchors.of(from, left, to, right)) {
            partners[anchor[0]] = anchor[1];
            pair(a, anchor[0], b, anchor[1], false);
            a = anchor[0] + 1;
            b = anchor[1] + 1;
        }
        pair(a, fromEnd, b, toEnd, false);
    }
}

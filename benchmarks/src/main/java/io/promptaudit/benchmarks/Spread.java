package io.promptaudit.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The median of some rounds, and the least and the most. */
record Spread(double least, double median, double most) {

    static Spread of(List<Double> rounds) {
        double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        double median = DoubleStream.of(sorted[half], sorted[(sorted.length - 1) / 2]).average().orElseThrow();
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** As {@code median (least to most)}, with so many decimals. */
    String text(int decimals) {
        String number = "%,." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, least, most);
    }
}

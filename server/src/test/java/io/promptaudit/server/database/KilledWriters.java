package io.promptaudit.server.database;

import java.nio.file.Path;

import io.promptaudit.server.process.QuickStart;

/** A process that writes pairs and captures without a pause, until it is killed. */
final class KilledWriters {
    private KilledWriters() {}

    /** Takes the data folder, the first pair's number and the seed. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var database = new Database(folder);
        PairWriters.define(database, folder);
        PairWriters.start(database.dataSource(), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
        System.out.println("writing");
        QuickStart.endAfterTraining();
        var durability = database.bean(Durability.class);
        while (true) {
            durability.force();
        }
    }
}

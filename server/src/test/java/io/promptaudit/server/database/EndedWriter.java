package io.promptaudit.server.database;

import java.nio.file.Path;

/** A process that writes what nobody captures, says what is in the file, and ends without closing the database. */
final class EndedWriter {
    /** What the line begins with that says it. */
    static final String LEFT = "left ";

    private EndedWriter() {}

    /** Takes the data folder. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var database = new Database(folder, false);
        PairWriters.define(database, folder);
        database.bean(StoreKeeper.class).close();
        try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement()) {
            statement.execute("insert into single (pair) values (1)");
        }
        System.out.println(LEFT + LeftFile.digest(folder));
        System.exit(0);
    }
}

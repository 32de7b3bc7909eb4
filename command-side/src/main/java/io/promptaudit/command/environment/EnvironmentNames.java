package io.promptaudit.command.environment;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Which environments exist: one row for each, written in the transaction of its first policy and never removed. */
public final class EnvironmentNames {
    private final JdbcClient db;

    /** Keeps the names in the table {@code environment_name}. */
    public EnvironmentNames(JdbcClient db) {
        this.db = db;
    }

    void add(String name) {
        db.sql("insert into environment_name (name) values (?)").param(name).update();
    }

    List<String> all() {
        return db.sql("select name from environment_name order by name").query(String.class).list();
    }
}

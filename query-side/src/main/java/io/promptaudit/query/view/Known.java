package io.promptaudit.query.view;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.query.gate.Sight;

/** Which prompts and environments there are. */
@Component
public class Known {
    /** The view that knows every prompt. */
    public static final String PROMPTS = "versions";
    /** The view that knows every environment. */
    public static final String ENVIRONMENTS = "environments";

    private final JdbcClient db;
    private final ViewHeads heads;

    Known(JdbcClient db, ViewHeads heads) {
        this.db = db;
        this.heads = heads;
    }

    /**
     * Ensures that the prompt exists, at this position if one is given.
     *
     * @throws UnknownThing otherwise
     * @throws ViewBehind when the position is not reached in time
     */
    public void requirePrompt(String prompt, @Nullable Long position) {
        heads.await(PROMPTS, position);
        var where = Where.current(PROMPTS).and("t.prompt = ?", prompt).and("t.version = ?", 1);
        if (db.sql("select 1 from versions_version t" + where.sql()).params(where.parameters()).query(Integer.class).list()
                .isEmpty()) {
            throw Sight.unknownPrompt(prompt);
        }
    }

    /**
     * Ensures that the environment exists, at this position if one is given.
     *
     * @throws UnknownThing otherwise
     * @throws ViewBehind when the position is not reached in time
     */
    public void requireEnvironment(String environment, @Nullable Long position) {
        heads.await(ENVIRONMENTS, position);
        var where = Where.current(ENVIRONMENTS).and("t.environment = ?", environment);
        if (db.sql("select 1 from environments_policy t" + where.sql() + " fetch first 1 rows only").params(where.parameters())
                .query(Integer.class).list().isEmpty()) {
            throw new UnknownThing("environment-not-found", "There is no environment \"%s\".".formatted(environment));
        }
    }
}

package io.promptaudit.server.start;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.promptaudit.command.trail.Settings;
import io.promptaudit.server.PromptAuditProperties;

/** Says when the server is started with a rule switched off, and puts on record when that is new, or over. */
@Component
class Safeguards implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Safeguards.class);
    static final String FOUR_EYES_ADMIN = "promptaudit.four-eyes-admin";
    /** After the first admin was made, before the web server. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 2;

    private final Settings settings;
    private final PromptAuditProperties properties;
    private volatile boolean running;

    Safeguards(Settings settings, PromptAuditProperties properties) {
        this.settings = settings;
        this.properties = properties;
    }

    @Override
    public void start() {
        if (!properties.fourEyesAdmin()) {
            LOG.warn("{} is off: every admin decides alone on release policies, on their own grants and on who is an admin",
                    FOUR_EYES_ADMIN);
        }
        settings.record(FOUR_EYES_ADMIN, Boolean.toString(properties.fourEyesAdmin()), Boolean.toString(true));
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

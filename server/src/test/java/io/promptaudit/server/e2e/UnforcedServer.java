package io.promptaudit.server.e2e;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

import io.promptaudit.server.PromptAuditTrail;
import io.promptaudit.server.database.Durability;

/**
 * The server without its promise: it forces nothing to disk. Only for proving that the check of durability can fail. Its bean
 * is registered by hand, so that no other test finds it by scanning.
 */
final class UnforcedServer {
    private UnforcedServer() {}

    /** Starts the server. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(PromptAuditTrail.class);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context -> context
                .registerBean("noDurability", Durability.class, () -> () -> {}, bean -> bean.setPrimary(true)));
        application.run(arguments);
    }
}

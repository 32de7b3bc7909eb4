package io.promptaudit.server.start;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.environment.Policies;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.command.trail.ServerAccount;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewBehind;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.server.PromptAuditProperties;

/**
 * Makes what every trail has from its first start: the first admin, and the environments staging and production. Each is made
 * when it is missing, so a crash in between is repaired by the next start.
 */
@Component
class FirstStart implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    /** The first admin's id. */
    static final String ADMIN = "admin";
    /** After the sequencer and Axon's handlers, before the web server. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 1;
    private static final int PASSWORD_BYTES = 18;

    private final Recorder recorder;
    private final Sequence sequence;
    private final List<View> views;
    private final ViewHeads heads;
    private final Accounts accounts;
    private final Policies policies;
    private final PromptAuditProperties properties;
    private volatile boolean running;
    private volatile @Nullable String madePassword;

    FirstStart(Recorder recorder, Sequence sequence, Accounts accounts, Policies policies, List<View> views, ViewHeads heads,
            PromptAuditProperties properties) {
        this.recorder = recorder;
        this.sequence = sequence;
        this.views = views;
        this.heads = heads;
        this.accounts = accounts;
        this.policies = policies;
        this.properties = properties;
    }

    @Override
    public void start() {
        if (accounts.find(ADMIN).isEmpty()) {
            createAdmin();
        }
        environment("staging", new ReleasePolicy(0, true, true, List.of(), true, null));
        environment("production", new ReleasePolicy(1, false, true, List.of(), true, null));
        awaitViews();
        running = true;
    }

    /** So that the first question is answered with what is there; a long catching-up goes on while the server answers. */
    private void awaitViews() {
        try {
            for (View view : views) {
                heads.await(view.name(), sequence.head());
            }
        } catch (ViewBehind e) {
            LOG.info("Views are still catching up with the trail");
        }
    }

    private void createAdmin() {
        String password = properties.adminPassword();
        if (password == null) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            madePassword = password;
        }
        record(new CreateAccount(ADMIN, "First admin", AccountKind.PERSON, null, password,
                List.of(new Grant(Role.ADMIN, Grant.EVERY_PROMPT))));
    }

    private void environment(String name, ReleasePolicy policy) {
        if (policies.of(name).isEmpty()) {
            record(new ChangePolicy(name, policy, "Made at the first start"));
        }
    }

    private void record(Command command) {
        String request = UUID.randomUUID().toString();
        recorder.record(command, ServerAccount.caller(), new RequestContext(request, request, null, null, null));
    }

    /** The password that was made for the first admin in this start, once; null when there is nothing to tell. */
    @Nullable
    String takeMadePassword() {
        String password = madePassword;
        madePassword = null;
        return password;
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

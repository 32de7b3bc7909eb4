package io.promptaudit.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.promptaudit.api.Grant;
import io.promptaudit.api.Role;
import io.promptaudit.server.disk.FreeSpace;

/**
 * Everything that is configured under {@code promptaudit.*}.
 *
 * @param dataDir the folder of the embedded database, the keys and the backups
 * @param keysDir the folder of the master key; {@code keys} in the data folder unless set
 * @param adminPassword the first admin's password, at the first start only (or {@code PROMPTAUDIT_ADMIN_PASSWORD}); a random
 *     one is printed once where none is set
 * @param fourEyesAdmin whether two admins decide, where there are two, what a release policy says, who is an admin, and what an
 *     admin may do besides
 * @param tlsTerminatedInFront whether nothing reaches the server from elsewhere but through something that speaks TLS
 * @param allowSuperuser whether the server starts although its user of a PostgreSQL is a superuser, whom no guard stops
 * @param write how writes are answered
 * @param prompts how prompts are kept in memory
 * @param views how projections follow the trail
 * @param feed how the event feed is served
 * @param schedules how scheduled deployments are executed
 * @param emergencies what is expected after emergency deployments
 * @param auditReads patterns of the names of prompts, as grants have them, of which every read of their content is recorded
 * @param ledger how the trail is proven
 * @param disk what happens when a volume fills up
 * @param sso how the people of an identity provider become accounts
 */
@ConfigurationProperties("promptaudit")
public record PromptAuditProperties(@DefaultValue("./data") Path dataDir, @Nullable Path keysDir,
        @Nullable String adminPassword, @DefaultValue("true") boolean fourEyesAdmin,
        @DefaultValue("false") boolean tlsTerminatedInFront, @DefaultValue("false") boolean allowSuperuser,
        @DefaultValue Write write,
        @DefaultValue Prompts prompts, @DefaultValue Views views,
        @DefaultValue Feed feed, @DefaultValue Schedules schedules,
        @DefaultValue Emergencies emergencies,
        @DefaultValue List<String> auditReads, @DefaultValue Ledger ledger, @DefaultValue Disk disk,
        @DefaultValue Sso sso) {

    /** Keeps its own copy of the list. */
    public PromptAuditProperties {
        auditReads = List.copyOf(auditReads);
    }

    /**
     * How writes are answered.
     *
     * @param timeout how long a write waits for its position before its outcome is reported as unknown
     * @param keepAnswers how long answers under an Idempotency-Key are kept
     */
    public record Write(@DefaultValue("5s") Duration timeout, @DefaultValue("48h") Duration keepAnswers) {}

    /**
     * How prompts are kept in memory.
     *
     * @param cached how many prompts stay in memory between commands
     * @param snapshotEvery after how many events of a prompt a snapshot is taken
     */
    public record Prompts(@DefaultValue("5000") int cached, @DefaultValue("500") int snapshotEvery) {}

    /**
     * How projections follow the trail.
     *
     * @param batch how many events a projection takes into one transaction
     * @param patience how long a read with Audit-Position waits for its view
     */
    public record Views(@DefaultValue("256") int batch, @DefaultValue("2s") Duration patience) {}

    /**
     * How the event feed is served.
     *
     * @param heartbeat how often an idle stream is shown to be alive
     * @param streams how many streams may be open at once
     */
    public record Feed(@DefaultValue("15s") Duration heartbeat, @DefaultValue("256") int streams) {}

    /**
     * How scheduled deployments are executed.
     *
     * @param grace how long after its moment a schedule is still executed; later it is cancelled as missed
     */
    public record Schedules(@DefaultValue("1h") Duration grace) {}

    /**
     * What is expected after emergency deployments.
     *
     * @param reviewWithin how long after it an emergency deployment should be judged; later its debt is overdue
     */
    public record Emergencies(@DefaultValue("72h") Duration reviewWithin) {}

    /**
     * How the trail is proven.
     *
     * @param name what a new ledger's origin begins with: a host and path, without scheme, that nobody else uses
     * @param checkpoints the second place for signed checkpoints, best on another disk; {@code checkpoints} in the data folder
     *     unless set
     * @param patience how long a write waits until it is sealed, before it is answered unsealed
     * @param keyOverlap how long the old keys go on signing after a rotation
     * @param keyStore a PKCS#12 file with the keys that sign; files in the folder of the keys unless set
     * @param keyStorePassword of that file and its keys
     * @param signer a program that signs, and its arguments; then no key is in the server's hands
     * @param witnesses who is asked to cosign checkpoints
     * @param witnessQuorum how many of them must; more than half unless set
     * @param haltWithoutWitness after how long without that quorum writes stop; never unless set
     * @param verifyEvery how long after the whole ledger was verified that begins again
     */
    public record Ledger(@DefaultValue("prompt-audit-trail") String name, @Nullable Path checkpoints,
            @DefaultValue("5s") Duration patience, @DefaultValue("30d") Duration keyOverlap, @Nullable Path keyStore,
            @Nullable String keyStorePassword, @DefaultValue List<String> signer, @DefaultValue List<Witness> witnesses,
            @Nullable Integer witnessQuorum, @Nullable Duration haltWithoutWitness, @DefaultValue("1h") Duration verifyEvery) {

        /** Keeps its own copies of the lists. */
        public Ledger {
            signer = List.copyOf(signer);
            witnesses = List.copyOf(witnesses);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Ledger[" + name + "]";
        }
    }

    /**
     * Somebody who cosigns checkpoints.
     *
     * @param key their verifier key, for cosignatures
     * @param url the address that {@code /add-checkpoint} is under
     */
    public record Witness(String key, URI url) {}

    /**
     * What happens when a volume fills up.
     *
     * @param warnBelow how much must be free, or the server warns
     * @param readOnlyBelow how much must be free, or nothing is recorded until it is again
     */
    public record Disk(@DefaultValue("20%,20GB") FreeSpace warnBelow, @DefaultValue("5%,2GB") FreeSpace readOnlyBelow) {}

    /**
     * How the people of an identity provider become accounts. Which provider that is, {@code spring.security.oauth2.*} says.
     *
     * @param accountClaim the claim of which a new account's id is made
     * @param groupsClaim the claim with the groups that somebody belongs to
     * @param grants what belonging to a group allows; where any are set, they are the only grants of who has an identity
     * @param groups which of the provider's groups are groups here; where any are set, they are the only ones likewise
     * @param session after how long somebody must sign in again with their browser, however busy they are
     */
    public record Sso(@DefaultValue("preferred_username") String accountClaim, @DefaultValue("groups") String groupsClaim,
            @DefaultValue List<GroupGrant> grants, @DefaultValue List<String> groups, @DefaultValue("12h") Duration session) {}

    /**
     * What belonging to a group of the provider's allows.
     *
     * @param prompts the pattern; may be left out for the roles that read every prompt anyway
     * @param environments for a deployer
     */
    public record GroupGrant(String group, Role role, @Nullable String prompts, @DefaultValue List<String> environments) {

        /** The grant. Nothing is said of whether it is a valid one. */
        @SuppressWarnings("NullAway")
        public Grant grant() {
            boolean isEverywhere = prompts == null && role.readsEverything();
            return new Grant(role, isEverywhere ? Grant.EVERY_PROMPT : prompts, environments);
        }
    }

    /** Where signed checkpoints lie beside the database. */
    public Path checkpoints() {
        return ledger.checkpoints() == null ? dataDir.resolve("checkpoints") : ledger.checkpoints();
    }

    /** Where the keys lie. */
    public Path keys() {
        return keysDir == null ? dataDir.resolve("keys") : keysDir;
    }
}

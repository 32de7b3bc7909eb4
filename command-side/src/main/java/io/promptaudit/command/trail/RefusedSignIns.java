package io.promptaudit.command.trail;

import java.util.HashMap;
import java.util.Optional;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.command.account.Accounts;
import io.promptaudit.command.account.PersonalVault;

/** Publishes {@link SignInRefused} events beside the accounts' own streams, as {@link Refusals} does for commands. */
public final class RefusedSignIns implements SignInRecorder {
    private final EventBus events;
    private final TransactionManager transactions;
    private final Sequence sequence;
    private final Accounts accounts;
    private final Attribution attribution;
    private final PersonalVault vault;

    /** Publishes to {@code events}, each in a transaction of its own. */
    public RefusedSignIns(EventBus events, TransactionManager transactions, Sequence sequence, Accounts accounts,
            Attribution attribution, PersonalVault vault) {
        this.events = events;
        this.transactions = transactions;
        this.sequence = sequence;
        this.accounts = accounts;
        this.attribution = attribution;
        this.vault = vault;
    }

    @Override
    public Optional<String> owner(String name) {
        return accounts.find(name).map(_ -> name).or(() -> accounts.byKey(name).or(() -> accounts.bySecret(name))
                .map(holder -> holder.caller().account()));
    }

    @Override
    public void record(SignInRefused event, RequestContext last) {
        sequence.requireAccepting();
        EventMessage<SignInRefused> message = new GenericEventMessage<>(event, MetaData.emptyInstance());
        var unitOfWork = DefaultUnitOfWork.startAndGet(message);
        unitOfWork.attachTransaction(transactions);
        unitOfWork.execute(() -> {
            var metadata = new HashMap<>(attribution.of(ServerAccount.caller(), last));
            String personal = event.account() == null ? null : sealed(event.account(), last);
            if (personal != null) {
                metadata.put(EventMetadata.PERSONAL, personal);
            }
            events.publish(message.andMetaData(metadata));
        });
        sequence.await(message.getIdentifier());
    }

    private @Nullable String sealed(String account, RequestContext last) {
        return accounts.find(account).map(state -> vault.seal(state, last.address(), last.userAgent())).orElse(null);
    }
}

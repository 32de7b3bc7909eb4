package io.promptaudit.query.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.query.Signatory;
import io.promptaudit.query.view.Signatories;

/** Opens names from the signatures' own events: no view holds one, so none has to forget. */
public final class StoredSignatories implements Signatories {
    private final JdbcClient db;
    private final Serializer serializer;
    private final PersonalDetails.Vault vault;

    /** @param serializer the one that events are written with */
    public StoredSignatories(JdbcClient db, Serializer serializer, PersonalDetails.Vault vault) {
        this.db = db;
        this.serializer = serializer;
        this.vault = vault;
    }

    @Override
    public Map<String, Signatory> find(Collection<String> events) {
        var signatories = new HashMap<String, Signatory>();
        if (!events.isEmpty()) {
            db.sql("select event_identifier, meta_data from domain_event where event_identifier in (:events)")
                    .param("events", events).query((row, _) -> new Row(row.getString(1), metadata(row.getBytes(2)))).list()
                    .forEach(row -> signatories.put(row.event(), signatory(row.metadata())));
        }
        return signatories;
    }

    private Signatory signatory(MetaData metadata) {
        var person = vault.open(String.valueOf(metadata.get(EventMetadata.ACCOUNT)),
                (String) metadata.get(EventMetadata.PERSONAL));
        return new Signatory(person == null ? null : person.displayName(), (String) metadata.get(EventMetadata.ON_BEHALF_OF));
    }

    private MetaData metadata(byte[] stored) {
        return serializer.deserialize(new SimpleSerializedObject<>(stored, byte[].class, MetaData.class.getName(), null));
    }

    private record Row(String event, MetaData metadata) {}
}

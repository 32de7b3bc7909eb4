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
    public Map<String, String> names(Collection<String> events) {
        var names = new HashMap<String, String>();
        if (!events.isEmpty()) {
            db.sql("select event_identifier, meta_data from domain_event where event_identifier in (:events)")
                    .param("events", events).query((row, _) -> new Row(row.getString(1), metadata(row.getBytes(2)))).list()
                    .forEach(row -> open(row, names));
        }
        return names;
    }

    private void open(Row row, Map<String, String> names) {
        var person = vault.open(String.valueOf(row.metadata().get(EventMetadata.ACCOUNT)),
                (String) row.metadata().get(EventMetadata.PERSONAL));
        if (person != null && person.displayName() != null) {
            names.put(row.event(), person.displayName());
        }
    }

    private MetaData metadata(byte[] stored) {
        return serializer.deserialize(new SimpleSerializedObject<>(stored, byte[].class, MetaData.class.getName(), null));
    }

    private record Row(String event, MetaData metadata) {}
}

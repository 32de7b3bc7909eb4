package io.promptaudit.server.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.server.axon.EventJson;

import static org.assertj.core.api.Assertions.assertThat;

/** Who acted, as every event carries it for ever. */
class MetadataContractTest {
    private final Serializer serializer = EventJson.serializer();
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void isWrittenAndReadAsApproved() throws IOException {
        var ofCommand = new HashMap<String, Object>(metadata());
        ofCommand.put("caller", "stays with the command");
        ofCommand.put("context", "stays with the command");
        MetaData carried = MetaData.from(EventJson.carried(ofCommand));
        assertThat(carried).as(Approved.NEVER_EDITED).isEqualTo(MetaData.from(metadata()));

        byte[] written = serializer.serialize(carried, byte[].class).getData();
        String approved = Approved.read("metadata.json", json.writeValueAsString(new TreeMap<>(metadata())));
        assertThat(json.readTree(written)).as(Approved.NEVER_EDITED).isEqualTo(json.readTree(approved));
        MetaData read = serializer
                .deserialize(new SimpleSerializedObject<>(approved, String.class, MetaData.class.getName(), null));
        assertThat(read).isEqualTo(carried);
        assertThat(read.values()).allMatch(String.class::isInstance);
    }

    private static Map<String, String> metadata() {
        return Map.of(EventMetadata.ACCOUNT, "ada-agent", EventMetadata.KIND, AccountKind.AGENT.id(),
                EventMetadata.ON_BEHALF_OF, "ada", EventMetadata.ROLES, "editor,reviewer", EventMetadata.CREDENTIAL,
                "password:ada-agent", EventMetadata.REQUEST_ID, "0b0c8f5e-6d3f-4c2c-9d8e-5f1f6a7b8c9d",
                EventMetadata.TRACE_ID, "4bf92f3577b34da6a3ce929d0e0e4736", EventMetadata.PERSONAL, "c2VhbGVk");
    }
}

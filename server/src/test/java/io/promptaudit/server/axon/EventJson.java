package io.promptaudit.server.axon;

import java.util.Map;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** The server's own way of writing events, for tests outside this package. */
public final class EventJson {
    private EventJson() {}

    /** What the bean {@code eventSerializer} is. */
    public static Serializer serializer() {
        return Jackson3Serializer.builder().jsonMapperBuilderCustomizer(new AxonConfiguration().eventJson()).build();
    }

    /** What an event carries of the metadata of the command that caused it. */
    public static Map<String, ?> carried(Map<String, ?> ofCommand) {
        return new AxonConfiguration().attribution()
                .correlationDataFor(GenericCommandMessage.asCommandMessage("command").andMetaData(ofCommand));
    }
}

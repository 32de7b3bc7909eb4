package io.promptaudit.server.contract;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.server.axon.EventJson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events are stored for ever, so their type names, revisions and JSON are approved, one file for each event, in
 * {@code src/test/resources/events/<type>.<revision>.json}. A file is never edited, only added to the others. Optional fields
 * that come later get a file beside it, {@code <type>.<revision>-<what>.json}, and the first shows the event without them.
 */
class EventContractTest {
    private final Serializer serializer = EventJson.serializer();
    private final JsonMapper json = JsonMapper.builder().build();

    static Stream<TrailEvent> events() {
        return Stream.concat(SampleEvents.all().stream(), SampleEvents.extended().values().stream());
    }

    @Test
    void everyEventHasASample() {
        assertThat(SampleEvents.all().stream().map(Object::getClass))
                .as("add a sample of the new event to SampleEvents, with every field filled")
                .containsExactlyInAnyOrderElementsOf(SampleEvents.types(TrailEvent.class).toList());
        for (TrailEvent event : SampleEvents.all()) {
            for (RecordComponent component : event.getClass().getRecordComponents()) {
                assertThat(events().filter(sample -> sample.getClass() == event.getClass()))
                        .as("%s in SampleEvents", component).anyMatch(sample -> value(component, sample) != null);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void isWrittenAsApproved(TrailEvent event) throws IOException {
        SerializedObject<byte[]> written = serializer.serialize(event, byte[].class);
        assertThat(written.getType().getName()).isEqualTo(event.getClass().getName());
        assertThat(written.getType().getRevision()).as("@Revision of %s", event.getClass())
                .isEqualTo(event.getClass().getAnnotation(Revision.class).value());
        assertThat(new String(written.getData(), UTF_8)).as(Approved.NEVER_EDITED).isEqualTo(approved(event, written));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isReadBackEqual(TrailEvent event) throws IOException {
        assertThat(read(event, approved(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void isReadWithFieldsThatOnlyALaterVersionKnows(TrailEvent event) throws IOException {
        ObjectNode later = tree(event);
        addEverywhere(later);
        assertThat(read(event, later.toString())).isEqualTo(event);
    }

    /** A config is the user's own: there, every field is known. */
    private static void addEverywhere(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (!field.getKey().equals("config")) {
                    addEverywhere(field.getValue());
                }
            });
            object.put("addedLater", "x").putObject("andThis").put("too", 1);
        } else {
            node.forEach(EventContractTest::addEverywhere);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void isReadAndWrittenWithoutItsOptionalFields(TrailEvent event) throws IOException {
        RecordComponent[] components = event.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            if (components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                ObjectNode without = tree(event);
                without.remove(components[i].getName());
                TrailEvent expected = without(event, i);
                assertThat(read(event, without.toString())).isEqualTo(expected);
                assertThat(json.readTree(serializer.serialize(expected, byte[].class).getData())).isEqualTo(without);
            }
        }
    }

    @Test
    void everyFileEverApprovedCanBeRead() throws IOException {
        try (var files = Files.list(Approved.FOLDER)) {
            for (Path file : files.toList()) {
                String[] name = file.getFileName().toString().split("\\.(?=[0-9]+(?:-[a-z-]+)?\\.json$|json$)", -1);
                String type = name[0];
                if (!type.equals("metadata")) {
                    Object read = serializer.deserialize(
                            new SimpleSerializedObject<>(Files.readString(file).strip(), String.class, type,
                                    name[1].replaceAll("-.*", "")));
                    assertThat(read).as("%s: %s", file, Approved.NEVER_EDITED).isInstanceOf(TrailEvent.class);
                }
            }
        }
    }

    private Object read(TrailEvent event, String payload) {
        return requireNonNull(serializer.deserialize(new SimpleSerializedObject<>(payload.getBytes(UTF_8),
                byte[].class, event.getClass().getName(), event.getClass().getAnnotation(Revision.class).value())));
    }

    private ObjectNode tree(TrailEvent event) throws IOException {
        return (ObjectNode) json.readTree(approved(event));
    }

    private String approved(TrailEvent event) throws IOException {
        return approved(event, serializer.serialize(event, byte[].class));
    }

    private static String approved(TrailEvent event, SerializedObject<byte[]> written) throws IOException {
        String extension = SampleEvents.extended().entrySet().stream().filter(one -> one.getValue().equals(event))
                .map(one -> "-" + one.getKey()).findFirst().orElse("");
        String name = "%s.%s%s.json".formatted(event.getClass().getName(), written.getType().getRevision(), extension);
        return Approved.read(name, new String(written.getData(), UTF_8));
    }

    private static @Nullable Object value(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrailEvent without(TrailEvent event, int index) {
        RecordComponent[] components = event.getClass().getRecordComponents();
        var types = new Class<?>[components.length];
        @Nullable
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = i == index ? null : value(components[i], event);
        }
        try {
            return event.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

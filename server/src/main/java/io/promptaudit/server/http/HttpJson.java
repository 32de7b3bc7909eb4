package io.promptaudit.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import io.promptaudit.command.validation.StrictJson;

/** JSON as this API speaks it: read strictly, written in the order of declaration, without nulls, times in milliseconds. */
final class HttpJson {

    private HttpJson() {}

    static JsonMapper mapper() {
        return StrictJson.mapper().rebuild().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                // Components of records are their JSON; helpers such as isPlaceholder are not.
                .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                .addModule(new SimpleModule().addSerializer(new MomentSerializer())).build();
    }

    /** Always three digits and {@code Z}, so that times compare as texts. */
    private static final class MomentSerializer extends StdSerializer<Instant> {
        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(ZoneOffset.UTC);

        MomentSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant moment, JsonGenerator json, SerializationContext context) {
            json.writeString(FORMAT.format(moment));
        }
    }
}

package io.promptaudit.query.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;

import org.axonframework.common.DateTimeUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.query.StoredEvent;

/** Reads a row of the event table as it is: the bytes are never parsed and written again. */
final class StoredEventReader {
    // Big decimals, so that a number reads as it is stored (1.10 stays 1.10).
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private StoredEventReader() {}

    static StoredEvent read(ResultSet row) throws SQLException {
        byte[] payload = row.getBytes("payload");
        byte[] metadata = row.getBytes("meta_data");
        return new StoredEvent(row.getLong("sequence_number"), row.getLong("position"),
                row.getString("event_identifier"), row.getString("payload_type"), row.getString("payload_revision"),
                DateTimeUtils.parseInstant(row.getString("time_stamp")), base64(payload), digest(payload),
                base64(metadata), digest(metadata), new StoredEvent.ReadableForm(readable(payload), readable(metadata)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static @Nullable Object readable(byte[] bytes) {
        try {
            return JSON.readValue(new String(bytes, StandardCharsets.UTF_8), Object.class);
        } catch (JacksonException e) {
            return null;
        }
    }
}

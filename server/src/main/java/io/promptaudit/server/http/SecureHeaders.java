package io.promptaudit.server.http;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/** The headers on every answer that keep browsers from doing more with it than showing it. */
public final class SecureHeaders implements HeaderWriter {
    /** Tells browsers that came over TLS to keep to it (RFC 6797). */
    public static final String KEEP_TO_TLS = "Strict-Transport-Security";
    /** For how long. */
    public static final String FOR_A_YEAR = "max-age=31536000";

    private static final Map<String, String> HEADERS = Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY",
            "Cache-Control", "no-store", "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer", "Cross-Origin-Resource-Policy", "same-origin", "Permissions-Policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");

    /** Sets those that an endpoint has not chosen itself. */
    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        write(response);
    }

    static void write(HttpServletResponse response) {
        HEADERS.forEach((name, value) -> {
            if (!response.containsHeader(name)) {
                response.setHeader(name, value);
            }
        });
    }
}

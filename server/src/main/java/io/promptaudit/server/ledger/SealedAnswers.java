package io.promptaudit.server.ledger;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import io.promptaudit.command.trail.Acknowledgement;
import io.promptaudit.server.PromptAuditProperties;

/**
 * Has every write answered once it is sealed, and says where its receipt is. 202 (RFC 9110, 15.3.3) where that takes too long, where
 * the client would not wait ({@code Prefer: respond-async}, RFC 7240, 4.1), and where a second admin must confirm.
 */
@ControllerAdvice
class SealedAnswers implements ResponseBodyAdvice<Acknowledgement> {
    private static final String PREFER = "Prefer";
    private static final String ASYNC = "respond-async";

    private final Seals seals;
    private final Duration patience;

    SealedAnswers(Seals seals, PromptAuditProperties properties) {
        this.seals = seals;
        this.patience = properties.ledger().patience();
    }

    @Override
    public boolean supports(MethodParameter returns, Class<? extends HttpMessageConverter<?>> converter) {
        return Acknowledgement.class.isAssignableFrom(returns.getParameterType());
    }

    @Override
    public @Nullable Acknowledgement beforeBodyWrite(@Nullable Acknowledgement body, MethodParameter returns, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request, ServerHttpResponse response) {
        if (body == null) {
            return null;
        }
        boolean isAsync = prefersNotToWait(request.getHeaders().getOrEmpty(PREFER));
        boolean isSealed = seals.await(body.position(), isAsync ? Duration.ZERO : patience);
        if (isAsync) {
            response.getHeaders().set("Preference-Applied", ASYNC);
        }
        if (isAsync || !isSealed || body.isPending()) {
            response.setStatusCode(HttpStatus.ACCEPTED);
        }
        response.getHeaders().set("Receipt", ReceiptController.PATH + "/" + body.eventId());
        return isSealed ? body.withSeal() : body;
    }

    private static boolean prefersNotToWait(List<String> preferences) {
        return preferences.stream().flatMap(line -> List.of(line.split(",", -1)).stream())
                .anyMatch(preference -> preference.split(";", 2)[0].strip().equalsIgnoreCase(ASYNC));
    }
}

package io.promptaudit.server.sso;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A browser without pages: it keeps cookies by site, follows redirects when told to, and fills in the provider's form. */
final class Web implements AutoCloseable {
    private static final Pattern HIDDEN_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final int MOST_REDIRECTS = 10;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).followRedirects(HttpClient.Redirect.NEVER)
            .build();
    /** Where it was sent, in order. */
    final List<URI> visited = new ArrayList<>();

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var one = request.timeout(Duration.ofMinutes(1)).build();
            visited.add(one.uri());
            return http.send(one, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What comes line by line, as it comes. */
    Stream<String> lines(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).header("Accept", "text/event-stream").build(),
                    HttpResponse.BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Goes there, signs in at the provider where it asks for it, and stops before an address that begins so, or at no redirect. */
    HttpResponse<String> signIn(URI start, String username, String stop) {
        HttpResponse<String> answer = get(start);
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            if (answer.body().contains("name=\"password\"")) {
                answer = send(form(answer.uri().resolve("/login"), Map.of("username", username, "password",
                        OidcProvider.SECRET, "_csrf", hiddenToken(answer.body()))));
            }
            if (answer.statusCode() / 100 != 3 || target(answer).toString().startsWith(stop)) {
                return answer;
            }
            answer = get(target(answer));
        }
        throw new IllegalStateException("redirected for ever: " + visited);
    }

    static URI target(HttpResponse<String> redirect) {
        return redirect.uri().resolve(redirect.headers().firstValue("Location").orElseThrow());
    }

    static HttpRequest.Builder form(URI address, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8)).collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(address).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String hiddenToken(String page) {
        var token = HIDDEN_TOKEN.matcher(page);
        if (!token.find()) {
            throw new IllegalStateException(page);
        }
        return token.group(1);
    }

    /** The value of a cookie of this site. */
    String cookie(URI site, String name) {
        return cookies.getCookieStore().get(site).stream().filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue).findFirst().orElseThrow(() -> new IllegalStateException("no cookie " + name));
    }

    @Override
    public void close() {
        http.close();
    }
}

package io.strowger.ops.act;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.tls.NetworkFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;

/**
 * Asks over HTTP and waits for the end. One thread.
 */
public final class ActClient {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_FAULT = 500;
    private static final String REPEATED = "repeated";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Deadlines fire with the router's next tick, and what it says must still come here. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final URI router;
    private final String token;
    private final JsonMapper json = new JsonMapper();
    private final HttpClient http;

    /**
     * A client.
     *
     * @param router where the gateway is, as {@code http://127.0.0.1:7088}.
     * @param token  of the application that asks.
     */
    public ActClient(final URI router, final String token) {
        this(router, token, null);
    }

    /**
     * A client that trusts authorities of its own.
     *
     * @param router      where the gateway is, as {@code https://router.example}.
     * @param token       of the application that asks.
     * @param authorities certificates in PEM; null for those of the JVM.
     * @throws UsageException when they can't be read, or the gateway is asked in plain, where nobody's word is looked at.
     */
    public ActClient(final URI router, final String token, final Path authorities) {
        if (null != authorities && !"https".equalsIgnoreCase(router.getScheme())) {
            throw new UsageException("--ca is for https, and " + router + " would be shown the token in plain");
        }
        this.router = router;
        this.token = token;
        final HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        this.http = (null == authorities ? builder : builder.sslContext(Trust.of(authorities))).build();
    }

    /**
     * Asks.
     *
     * @param fields  of the action in JSON.
     * @param timeout after which the router ends the action.
     * @return its end.
     * @throws UsageException  when the router takes the action for wrong.
     * @throws FailedException when there is no router, or it does not let this application do that: {@code not asked: ...}; or when the
     *                         action may be at work all the same: then it says with which key to ask again.
     */
    public ActionOutcome act(final Map<String, Object> fields, final Duration timeout) throws InterruptedException {
        boolean isAsked = false;
        HttpResponse<String> response = send(fields, timeout, isAsked);
        final boolean isRepeated = isTaken(response) && parse(response.body()).path(REPEATED).asBoolean();
        final long untilNs = System.nanoTime() + timeout.plus(GRACE).toNanos();
        while (ACCEPTED == response.statusCode() && System.nanoTime() < untilNs) {
            // it takes longer than the gateway lets a request wait: the same key again only hears of it
            isAsked = true;
            response = send(fields, timeout, isAsked);
        }
        if (isTaken(response)) {
            return outcome(response.body(), isRepeated);
        }
        throw refused(response, fields, isAsked);
    }

    private static boolean isTaken(final HttpResponse<String> response) {
        return OK == response.statusCode() || ACCEPTED == response.statusCode();
    }

    /** What this client repeats by itself is no earlier ask. */
    private ActionOutcome outcome(final String body, final boolean isRepeated) {
        final JsonNode answer = parse(body);
        final boolean isOwn = !isRepeated && answer instanceof ObjectNode members && null != members.remove(REPEATED);
        return new ActionOutcome(isOwn ? answer.toString() : body.strip(), text(answer, "key"), text(answer, "action"),
            text(answer, "status"), text(answer, "text"), isRepeated);
    }

    /** Where the action was taken before, or may have been, the same key hears of it: the user may not have chosen it himself. */
    private RuntimeException refused(final HttpResponse<String> response, final Map<String, Object> fields, final boolean isAsked) {
        final int code = response.statusCode();
        final String detail = detail(response.body());
        final String again = isAsked || code >= SERVER_FAULT ? again(fields) : "";
        return switch (code) {
            case BAD_REQUEST -> new UsageException(detail + again);
            case UNAUTHORISED, FORBIDDEN -> failed("the router does not let this token do that: " + detail, again);
            default -> failed("the router answers " + code + ": " + detail, again);
        };
    }

    /** Where no key is named to ask again with, nothing was asked for sure: whoever asks need not look what became of it. */
    private static FailedException failed(final String what, final String again) {
        return new FailedException(again.isEmpty() ? "not asked: " + what : what + again);
    }

    /** Whatever breaks behind the handshake, or once it was asked for, may have left the action at work: the same key hears of it. */
    private HttpResponse<String> send(final Map<String, Object> fields, final Duration timeout, final boolean isAsked)
        throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(router.toString().replaceFirst("/+$", "") + "/actions"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(timeout.plus(GRACE))
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(fields))).build(), HttpResponse.BodyHandlers.ofString());
        } catch (final ConnectException e) {
            throw isAsked ? new FailedException(lost(e, fields))
                : failed("no router answers at " + router + ": is ops/strowger serve running?", "");
        } catch (final HttpConnectTimeoutException e) {
            throw failed("no connection with " + router + " in time", isAsked ? again(fields) : "");
        } catch (final HttpTimeoutException e) {
            throw new FailedException("no answer from " + router + " in time" + again(fields));
        } catch (final SSLHandshakeException e) {
            throw isAsked ? new FailedException(lost(e, fields)) : failed("no TLS with " + router + ": " + Trust.words(e), "");
        } catch (final IOException e) {
            throw new FailedException(lost(e, fields));
        }
    }

    private String lost(final IOException fault, final Map<String, Object> fields) {
        return "lost " + router + ": " + NetworkFault.words(fault) + again(fields);
    }

    private static String again(final Map<String, Object> fields) {
        return "; ask again with --key " + fields.get("key");
    }

    /** The reason in a problem of RFC 9457; else the first line of whatever came. */
    private String detail(final String body) {
        try {
            final JsonNode problem = json.readTree(body);
            final String detail = null == problem ? "" : text(problem, "detail");
            return detail.isEmpty() && null != problem ? text(problem, "title") : detail;
        } catch (final JsonProcessingException e) {
            return body.lines().findFirst().orElse("");
        }
    }

    private JsonNode parse(final String body) {
        try {
            return json.readTree(body);
        } catch (final JsonProcessingException e) {
            throw new FailedException("what answers at " + router + " is no router");
        }
    }

    private static String text(final JsonNode node, final String name) {
        return node.path(name).asText("");
    }
}

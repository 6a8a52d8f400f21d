package io.strowger.ops.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.strowger.codecs.actionurl.ActionUrlTemplate;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Audit;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.config.ListenerConfig;
import io.strowger.ops.config.PhoneConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.config.TokenConfig;
import io.strowger.ops.receiver.PhoneSettings;
import io.strowger.ops.receiver.ReceivedSource;
import io.strowger.ops.receiver.Receiver;
import io.strowger.ops.receiver.ReceiverHealth;
import io.strowger.ops.receiver.ReceiverLimits;
import io.strowger.ops.receiver.ReceiverSettings;
import io.strowger.ops.receiver.ReceiverTotals;
import io.strowger.ops.receiver.SourceKeys;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * The sources of a configuration that come over HTTP.
 */
final class Arrivals implements SourceGroup {
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,6}");
    /** Of a source nothing is counted against them. */
    private static final CredentialLimits NO_LIMITS = new CredentialLimits(1, 1, 1);

    /** Null when nothing listens for them. */
    private final ListenerConfig listener;
    private final Receiver receiver;
    private Listening listening;

    /** Makes the receiver; it is not started. */
    Arrivals(final Vertx vertx, final Router router, final ServerConfig config, final Audit audit) {
        listener = config.listen().sourcesHttp();
        receiver = null == listener ? null : new Receiver(vertx, router,
            new ReceiverSettings(listener.host(), listener.port(), listener.tls(), ReceiverLimits.DEFAULT),
            config.sources().stream().filter(Arrivals::isOne).map(Arrivals::source).toList(), keys(config.sources()), audit);
    }

    Future<Void> start() {
        return null == receiver ? Future.succeededFuture() : receiver.start().map(port -> {
            listening = Listening.http("sources", listener, port);
            return null;
        });
    }

    Future<Void> stop() {
        return null == receiver ? Future.succeededFuture() : receiver.stop();
    }

    /** Where it listens; null when it does not. */
    Listening listening() {
        return listening;
    }

    /** Knows the sources by what is said of them here; a source that is new takes a new start. */
    void replace(final List<SourceConfig> sources) {
        if (null != receiver) {
            receiver.replace(keys(sources));
        }
    }

    /** Who was let in, and who was not; null where nothing listens. */
    AccessGate gate() {
        return null == receiver ? null : receiver.gate();
    }

    @Override
    public void addTo(final JsonArray sources) {
        for (final ReceiverHealth each : health()) {
            sources.add(new JsonObject().put("source", each.name()).put("tenant", each.tenant()).put("dialect", each.dialect())
                .put("state", 0 == each.heardMs() ? "not-heard" : null == each.failure() ? "live" : "refused")
                .put("heard", 0 == each.heardMs() ? null : Instant.ofEpochMilli(each.heardMs()).toString())
                .put("failure", each.failure()).put("requests", each.requests()).put("refused", each.refused())
                .put("repeats", each.repeats()).put("lost", each.lost()).put("phones", each.phones()));
        }
    }

    @Override
    public void bindTo(final MeterRegistry registry) {
        if (null == receiver) {
            return;
        }
        total(registry, "taken", ReceiverTotals::taken, "Requests of sources answered with 200");
        total(registry, "bad", ReceiverTotals::badRequests, "What was no request, too slow, too long, or neither GET nor POST");
        total(registry, "unknown", ReceiverTotals::unknown, "Requests whose sender was not known");
        total(registry, "turned.away", ReceiverTotals::turnedAway, "Connections that were one too many");
        final List<ReceiverHealth> all = health();
        for (int i = 0; i < all.size(); i++) {
            final int at = i;
            final Tags tags = Tags.of("source", all.get(i).name(), "tenant", Integer.toString(all.get(i).tenant()));
            Gauge.builder("strowger.receiver.requests", receiver, one -> one.health(at).requests()).tags(tags)
                .description("Requests of the source").register(registry);
            Gauge.builder("strowger.receiver.refused", receiver, one -> one.health(at).refused()).tags(tags)
                .description("Requests of the source that were not taken, or could not be read").register(registry);
            Gauge.builder("strowger.receiver.heard.seconds", receiver, one -> one.health(at).heardMs() / 1_000.0).tags(tags)
                .description("When the source was heard last, since 1970; 0 for never").register(registry);
        }
    }

    private List<ReceiverHealth> health() {
        return null == receiver ? List.of() : receiver.health();
    }

    private void total(final MeterRegistry registry, final String name, final ToDoubleFunction<ReceiverTotals> value, final String text) {
        Gauge.builder("strowger.receiver." + name, receiver, one -> value.applyAsDouble(one.totals())).description(text)
            .register(registry);
    }

    private static boolean isOne(final SourceConfig source) {
        return null != source.accept()
            && (SourceDialect.ACTION_URL == source.dialect() || SourceDialect.KAMAILIO == source.dialect());
    }

    private static ReceivedSource source(final SourceConfig source) {
        return new ReceivedSource(source.name(), source.tenant(), source.accept().coveredBy(), source.accept().window(),
            SourceDialect.KAMAILIO == source.dialect() ? null : phone(source));
    }

    private static PhoneSettings phone(final SourceConfig source) {
        final PhoneConfig phone = null == source.accept().phone() ? PhoneConfig.DEFAULT : source.accept().phone();
        final ActionUrlTemplate maker = ActionUrlTemplate.named(phone.maker());
        if (null != phone.user()) {
            return PhoneSettings.of(maker, phone.user());
        }
        return null == phone.users() && EXTENSION.matcher(source.name()).matches() ? PhoneSettings.of(maker, source.name())
            : new PhoneSettings(maker, null, null == phone.users() ? "*" : phone.users(),
                null == phone.most() ? PhoneSettings.MOST_DEFAULT : phone.most(),
                null == phone.silentHours() ? PhoneSettings.SILENT_DEFAULT : Duration.ofHours(phone.silentHours()));
    }

    private static SourceKeys keys(final List<SourceConfig> sources) {
        final Credentials.Builder tokens = Credentials.builder();
        final Map<String, String> certificates = new HashMap<>();
        for (final SourceConfig source : sources) {
            if (isOne(source)) {
                final Credential credential = new Credential(source.name(), source.tenant(), null, null, false, NO_LIMITS);
                for (final TokenConfig token : source.accept().tokens()) {
                    tokens.add(token.sha256(), null == token.expires() ? Credentials.NEVER : token.expires().toEpochMilli(), credential);
                }
                if (null != source.accept().certificate()) {
                    certificates.put(source.accept().certificate(), credential.name());
                }
            }
        }
        return new SourceKeys(tokens.build(), certificates);
    }
}

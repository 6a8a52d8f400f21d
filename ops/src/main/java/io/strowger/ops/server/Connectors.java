package io.strowger.ops.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.strowger.ops.config.LoginConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.connector.ActionOptions;
import io.strowger.ops.connector.Connector;
import io.strowger.ops.connector.ConnectorDialect;
import io.strowger.ops.connector.ConnectorSettings;
import io.strowger.ops.console.FailedException;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The connectors of a configuration.
 */
final class Connectors implements SourceGroup {
    private final List<Connector> all = new ArrayList<>();

    /**
     * Makes them; none is started.
     *
     * @throws FailedException when a secret can't be read.
     */
    Connectors(final Vertx vertx, final Router router, final List<SourceConfig> sources) {
        for (final SourceConfig source : sources) {
            all.add(new Connector(vertx, router, settings(source)));
        }
    }

    void start() {
        all.forEach(Connector::start);
    }

    Future<Void> stop() {
        return Future.join(all.stream().map(Connector::stop).toList()).mapEmpty();
    }

    /** How many there are. */
    int count() {
        return all.size();
    }

    @Override
    public void addTo(final JsonArray sources) {
        all.forEach(each -> sources.add(HealthReport.connected(each.health(), each.settings().tenant())));
    }

    @Override
    public void bindTo(final MeterRegistry registry) {
        for (final Connector each : all) {
            final Tags tags = Tags.of("source", each.settings().sourceName(), "tenant", Integer.toString(each.settings().tenant()));
            Gauge.builder("strowger.connector.live", each, one -> one.health().isLive() ? 1 : 0).tags(tags)
                .description("1 while a call router is connected and listed").register(registry);
            Gauge.builder("strowger.connector.discarded", each, one -> one.health().discarded()).tags(tags)
                .description("Signals that there was no room for").register(registry);
        }
    }

    private static ConnectorSettings settings(final SourceConfig source) {
        final ConnectorSettings settings = new ConnectorSettings(source.name(), source.tenant(),
            ConnectorDialect.valueOf(source.dialect().name()), source.connect().host(), source.connect().port())
            .commands(source.connect().commands());
        final Map<String, String> actions = source.connect().actions();
        settings.amiActions(ActionOptions.AMI.said(actions))
            .eslActions(actions.getOrDefault(ActionOptions.DOMAIN, source.connect().host()), ActionOptions.ESL.said(actions));
        final LoginConfig login = source.connect().login();
        if (null != login) {
            try {
                settings.login(login.user(), login.password());
            } catch (final IOException e) {
                throw new FailedException("can't read the secret of " + source.name() + ": " + e.getMessage());
            }
        }
        final TlsConfig tls = source.connect().tls();
        if (null != tls) {
            settings.tls(true).trustFile(null == tls.authorities() ? null : Path.of(tls.authorities()));
        }
        return settings;
    }
}

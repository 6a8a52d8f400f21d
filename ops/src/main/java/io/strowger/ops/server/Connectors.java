package io.strowger.ops.server;

import io.strowger.ops.config.LoginConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.connector.Connector;
import io.strowger.ops.connector.ConnectorDialect;
import io.strowger.ops.connector.ConnectorSettings;
import io.strowger.ops.console.FailedException;
import io.strowger.router.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The connectors of a configuration.
 */
final class Connectors {
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

    /** Each of them, in the order of the configuration. */
    List<Connector> all() {
        return List.copyOf(all);
    }

    private static ConnectorSettings settings(final SourceConfig source) {
        final ConnectorSettings settings = new ConnectorSettings(source.name(), source.tenant(),
            ConnectorDialect.valueOf(source.dialect().name()), source.connect().host(), source.connect().port())
            .commands(source.connect().commands());
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

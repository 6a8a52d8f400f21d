package io.strowger.ops.server;

import io.strowger.ops.config.AcceptConfig;
import io.strowger.ops.config.ListenConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which keys of a configuration have changed that a server which runs takes no notice of.
 */
final class RestartKeys {
    private final List<String> keys = new ArrayList<>();

    private RestartKeys() {
    }

    /**
     * Compares.
     *
     * @param started the configuration that the server was started with.
     * @param now     the one that was read since.
     * @return keys as a person knows them; empty when all is taken.
     */
    static List<String> of(final ServerConfig started, final ServerConfig now) {
        final RestartKeys changed = new RestartKeys();
        changed.compare("journal", started.journal(), now.journal());
        changed.compare("router", started.router(), now.router());
        changed.compareListen(started.listen(), now.listen());
        changed.compareSources(started.sources(), now.sources());
        changed.compare("webhooks", started.webhooks(), now.webhooks());
        changed.compare("popUps", started.popUps(), now.popUps());
        return changed.keys;
    }

    private void compareListen(final ListenConfig before, final ListenConfig now) {
        compare("listen.http", before.http(), now.http());
        compare("listen.sbe", before.sbe(), now.sbe());
        compare("listen.sources", before.sources(), now.sources());
        compare("listen.sourcesHttp", before.sourcesHttp(), now.sourcesHttp());
    }

    private void compareSources(final List<SourceConfig> before, final List<SourceConfig> now) {
        final Map<String, SourceConfig> known = new LinkedHashMap<>();
        before.forEach(source -> known.put(key(source), source));
        for (final SourceConfig source : now) {
            final SourceConfig there = known.remove(key(source));
            compare("source " + source.name(), null == there ? null : fixed(there), fixed(source));
        }
        // one that comes over HTTP and is no more is not let in any more
        known.values().forEach(gone -> compare("source " + gone.name(), null == gone.accept() ? gone : null, null));
    }

    private void compare(final String key, final Object before, final Object now) {
        if (!Objects.equals(before, now)) {
            keys.add(key);
        }
    }

    private static String key(final SourceConfig source) {
        return source.tenant() + " " + source.name();
    }

    /** What of a source is fixed while the server runs; null when nothing is. */
    private static SourceConfig fixed(final SourceConfig source) {
        if (null == source.accept()) {
            return source;
        }
        final AcceptConfig accept = source.accept();
        return SourceDialect.SBE == source.dialect() ? null : new SourceConfig(source.name(), source.tenant(), source.dialect(), null,
            new AcceptConfig(List.of(), null, accept.coveredBy(), accept.window(), accept.phone()));
    }
}

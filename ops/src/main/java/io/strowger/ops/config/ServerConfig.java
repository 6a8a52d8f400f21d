package io.strowger.ops.config;

import java.nio.file.Path;
import java.util.List;

/**
 * All that the server is told.
 *
 * @param journal      where it is and how it is kept.
 * @param router       sizes and threads.
 * @param http         where applications come to.
 * @param sources      the call routers.
 * @param applications who may come, and for what.
 * @param webhooks     who is posted to.
 * @param demo         whether a bundled PBX plays its captures, as a source of tenant 1 named {@code demo}.
 */
public record ServerConfig(JournalConfig journal, RouterConfig router, HttpConfig http, List<SourceConfig> sources,
                           List<ApplicationConfig> applications, List<WebhookConfig> webhooks, Boolean demo) {
    /** Fills in what is not said. */
    public ServerConfig {
        router = null == router ? RouterConfig.DEFAULT : router;
        http = null == http ? HttpConfig.DEFAULT : http;
        sources = null == sources ? List.of() : List.copyOf(sources);
        applications = null == applications ? List.of() : List.copyOf(applications);
        webhooks = null == webhooks ? List.of() : List.copyOf(webhooks);
        demo = null != demo && demo;
    }

    /**
     * What runs without a file: everything on this machine alone, and the bundled PBX.
     *
     * @param folder for the journal.
     * @param owner  the only application.
     */
    public static ServerConfig embedded(final Path folder, final ApplicationConfig owner) {
        return new ServerConfig(new JournalConfig(folder.toString(), null), null, null, null, List.of(owner), null, true);
    }

    /** The same at another port. */
    public ServerConfig withPort(final int port) {
        return new ServerConfig(journal, router, new HttpConfig(http.host(), port, http.tls(), http.plainOutsideLoopback()), sources,
            applications, webhooks, demo);
    }
}

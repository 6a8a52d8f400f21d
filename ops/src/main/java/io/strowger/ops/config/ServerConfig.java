package io.strowger.ops.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that the server is told.
 *
 * @param journal      where it is and how it is kept.
 * @param router       sizes and threads.
 * @param listen       where applications and sources come to.
 * @param sources      the call routers and phones.
 * @param applications who may come, and for what.
 * @param webhooks     who is posted to.
 * @param popUps       what is shown to a user who is called; the first that is for him counts.
 */
public record ServerConfig(JournalConfig journal, RouterConfig router, ListenConfig listen, List<SourceConfig> sources,
                           List<ApplicationConfig> applications, List<WebhookConfig> webhooks, List<PopUpConfig> popUps) {
    /** Fills in what is not said. */
    public ServerConfig {
        router = null == router ? RouterConfig.DEFAULT : router;
        listen = null == listen ? ListenConfig.DEFAULT : listen;
        sources = null == sources ? List.of() : List.copyOf(sources);
        applications = null == applications ? List.of() : List.copyOf(applications);
        webhooks = null == webhooks ? List.of() : List.copyOf(webhooks);
        popUps = null == popUps ? List.of() : List.copyOf(popUps);
    }

    /**
     * What runs without a file: everything on this machine alone, and the bundled PBX.
     *
     * @param folder for the journal.
     * @param owner  the only application.
     */
    public static ServerConfig embedded(final Path folder, final ApplicationConfig owner) {
        return new ServerConfig(JournalConfig.in(folder.toString()), null, null, List.of(SourceConfig.demo()), List.of(owner), null,
            null);
    }

    /** The same with the gateway at another port. */
    public ServerConfig withPort(final int port) {
        return new ServerConfig(journal, router, listen.withHttpPort(port), sources, applications, webhooks, popUps);
    }

    /** Sources that the server connects to. */
    public List<SourceConfig> connected() {
        return sources.stream().filter(source -> null != source.connect()).toList();
    }

    /** Sources of a dialect that come to the server. */
    public List<SourceConfig> accepted(final SourceDialect dialect) {
        return sources.stream().filter(source -> null != source.accept() && source.dialect() == dialect).toList();
    }

    /** The bundled PBX, when it plays. */
    public Optional<SourceConfig> demo() {
        return sources.stream().filter(source -> SourceDialect.DEMO == source.dialect()).findFirst();
    }
}

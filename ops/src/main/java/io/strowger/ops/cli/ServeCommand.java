package io.strowger.ops.cli;

import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.config.TokenConfig;
import io.strowger.ops.config.file.ConfigException;
import io.strowger.ops.config.file.ConfigReader;
import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.log.ServerLog;
import io.strowger.ops.node.ServerFolder;
import io.strowger.ops.server.OwnerToken;
import io.strowger.ops.server.ReadAgain;
import io.strowger.ops.server.Server;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server. */
@Command(name = "serve", description = "Connects call routers, and serves applications, until it is stopped.",
    footer = {"", "Without a configuration: this machine alone, a journal in ~/.local/share/strowger (or $STROWGER_HOME), a token made for",
        "its owner, and a bundled PBX that plays real captures.",
        "With one: applications and their tokens are read again when the file changes; all else when the server starts anew."})
final class ServeCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;
    private static final long STOP_MS = 25_000;

    private final Console console;

    @Option(names = "--config", paramLabel = "FILE", description = "the configuration, YAML (see ops/docs/server.md)")
    private Path file;

    @Option(names = "--port", paramLabel = "N", description = "listen at this port, whatever the configuration says; 0: one that is free")
    private Integer port;

    ServeCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (null != port && (port < 0 || port > LAST_PORT)) {
            throw new UsageException("--port must be from 0 to " + LAST_PORT + ", not " + port);
        }
        ServerLog.install();
        final System.Logger log = System.getLogger(ServeCommand.class.getName());
        final Path folder = ServerFolder.path();
        final ReadAgain again = null == file ? null : new ReadAgain(file,
            note -> log.log(System.Logger.Level.INFO, note), wrong -> log.log(System.Logger.Level.WARNING, wrong));
        final ServerConfig config = null == file ? embedded(folder) : read();
        if (null == config) {
            return ExitCode.USAGE;
        }
        try (again; Server server = Server.start(null == port ? config : config.withPort(port),
            note -> log.log(System.Logger.Level.WARNING, note))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, log), "strowger-stop"));
            say(server, config, folder);
            if (null != again) {
                again.start(server);
            }
            server.await();
        }
        return ExitCode.FINE;
    }

    /** A second signal changes nothing: it ends within this time anyway, and what doesn't wait is SIGKILL, which no journal minds. */
    private static void stop(final Server server, final System.Logger log) {
        final Thread stopping = new Thread(server::close, "strowger-stopping");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(STOP_MS);
            if (stopping.isAlive()) {
                log.log(System.Logger.Level.ERROR, "not stopped within " + STOP_MS / 1_000 + " s: ended as it is");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(final Server server, final ServerConfig config, final Path folder) {
        console.out().println("journal   " + Path.of(config.journal().directory()).toAbsolutePath() + ", "
            + server.router().lastSequence() + " records");
        console.out().println("gateway   " + server.url());
        server.listening().stream().skip(1)
            .forEach(each -> console.out().println("listens   for " + each.who() + " at " + each.address()));
        config.sources().forEach(source -> console.out().println("source    " + source.name() + whence(source)));
        if (null == file) {
            console.out().println("events    curl -N -H \"Authorization: Bearer $(cat " + ServerFolder.token(folder) + ")\" " + server.url()
                + "/events");
        }
        console.out().flush();
    }

    private static String whence(final SourceConfig source) {
        if (SourceDialect.DEMO == source.dialect()) {
            return ": real captures of an Asterisk, played over and over";
        }
        return null == source.connect() ? ", which comes by itself" : " at " + source.connect().address();
    }

    private static ServerConfig embedded(final Path folder) {
        final String token = OwnerToken.of(ServerFolder.token(folder));
        return ServerConfig.embedded(folder.resolve("journal"), ApplicationConfig.owner(new TokenConfig(Tokens.hash(token), null)));
    }

    private ServerConfig read() {
        try {
            return ConfigReader.read(file);
        } catch (final ConfigException e) {
            e.complaints().forEach(complaint -> console.error("strowger serve: " + complaint));
            return null;
        }
    }
}

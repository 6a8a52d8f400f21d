package io.strowger.bench.server;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.MeasuredProcess;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The server under load: whether each of many subscribers gets every event of its own once and in order, how late, and what becomes of the
 * server's memory. PBXs and subscribers run by {@link ServerMain} in a process of their own, which starts the server.
 */
public final class ServerBench implements Bench {
    private static final int HEAP_MB = 2048;
    private static final String CLIENTS = "clients";
    private static final String RATE = "rate";
    private static final String SECONDS = "seconds";
    private static final String USERS = "users";
    private static final String SESSIONS = "sessions";

    @Override
    public String name() {
        return ServerMain.BENCH;
    }

    @Override
    public String flags() {
        return "server: " + String.join(" ", ServerCommand.flags()) + "; clients: " + String.join(" ", MeasuredProcess.flags(HEAP_MB));
    }

    @Override
    public Set<String> settings() {
        return Set.of(CLIENTS, RATE, SECONDS, USERS, SESSIONS);
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException, InterruptedException {
        final boolean quick = options.quick();
        final ServerSettings settings = new ServerSettings(options.size(CLIENTS, quick ? 1_000 : 10_000), options.size(RATE, 150),
            options.size(SECONDS, quick ? 60 : 600), options.size(USERS, 1_000), options.size(SESSIONS, 3_000));
        final List<String> arguments = new ArrayList<>(settings.arguments());
        arguments.addAll(List.of(options.data().toString(), raw.toString()));
        final boolean isWell = MeasuredProcess.run(HEAP_MB, ServerMain.class, arguments, results);
        results.add(new ResultNote(name(), "setup", ServerSettings.TENANTS + " PBXs of a tenant each over AMI, their calls those of the"
            + " captures with ids and users of their own, " + settings.users() + " users a tenant; " + ServerSettings.SEE_ALL
            + " WebSockets see everything of a tenant, " + (settings.clients() - ServerSettings.SEE_ALL) + " what is of one user; "
            + settings.seconds() + " s; PBXs and subscribers are in one process on the same machine"));
        results.add(new ResultNote(name(), "delay", "from the event's time, its arrival at the server, until a subscriber has it, each"
            + " delivery counts"));
        return isWell;
    }
}

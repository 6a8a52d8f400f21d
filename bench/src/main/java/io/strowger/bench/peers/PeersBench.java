package io.strowger.bench.peers;

import io.strowger.bench.Bench;
import io.strowger.bench.BenchOptions;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.agrona.IoUtil;

/**
 * The router beside its peers, at each number of sessions: first what is kept in the page cache or in memory, then what is synced. Sizes:
 * {@code sessions}, one number in place of two; {@code signals} of a round, up to 5 million; {@code rounds}.
 */
public final class PeersBench implements Bench {
    private static final int FEW_SESSIONS = 10_000;
    private static final int MANY_SESSIONS = 1_000_000;
    private static final int SIGNALS = 1_000_000;
    private static final int QUICK_SIGNALS = 50_000;
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;
    private static final int WARM_UPS = 2;
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

    @Override
    public String name() {
        return PeersRun.BENCH;
    }

    @Override
    public String flags() {
        return PeerProcess.flags();
    }

    @Override
    public Set<String> settings() {
        return Set.of("sessions", "signals", "rounds");
    }

    @Override
    public boolean run(final BenchOptions options, final Path raw, final Results results) throws IOException {
        final int asked = options.size("sessions", 0);
        final List<Integer> own = options.quick() ? List.of(FEW_SESSIONS) : List.of(FEW_SESSIONS, MANY_SESSIONS);
        boolean holds = true;
        for (final int sessions : 0 == asked ? own : List.of(asked)) {
            for (final boolean isSynced : List.of(false, true)) {
                holds &= run(options, sessions, isSynced, raw, results);
            }
        }
        return holds;
    }

    private static boolean run(final BenchOptions options, final int sessions, final boolean isSynced, final Path raw,
        final Results results) throws IOException {
        final int signals = options.size("signals", options.quick() ? QUICK_SIGNALS : SIGNALS);
        final Path data = Files.createTempDirectory(options.data(), PeersRun.BENCH + "-").toAbsolutePath();
        try {
            final PeersRun run = new PeersRun(PeerCase.group(isSynced), sessions, peer -> new PeerProcess(
                PeerProcess.command(peer, sessions, signals, Files.createDirectory(data.resolve(peer.name()))), ANSWER_LIMIT), results);
            return run.run(options.quick() ? 1 : WARM_UPS, options.size("rounds", options.quick() ? QUICK_ROUNDS : ROUNDS),
                raw.resolve(PeersRun.BENCH + "-" + sessions + (isSynced ? "-fsync" : "") + ".rounds.csv"));
        } finally {
            IoUtil.delete(data.toFile(), false);
        }
    }
}

package io.strowger.bench.peers;

import io.strowger.bench.pipeline.RaceProcess;
import io.strowger.bench.pipeline.Window;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One run of cases beside each other: all processes are started, then each round goes through all of them in turn. A case that fails leaves
 * the run; the others go on.
 */
final class PeersRun {
    static final String BENCH = "peers";

    private final List<PeerCase> cases;
    private final int sessions;
    private final Starter starter;
    private final Results results;
    private final Map<PeerCase, PeerProcess> running = new EnumMap<>(PeerCase.class);
    private final Map<PeerCase, List<Window>> windows = new EnumMap<>(PeerCase.class);
    private boolean isFaultless = true;

    /**
     * A run before its start.
     *
     * @param cases    in the order of each round, the router first.
     * @param sessions open at a time, for the names of the results.
     * @param starter  starts the process of a case.
     * @param results  take what comes out.
     */
    PeersRun(final List<PeerCase> cases, final int sessions, final Starter starter, final Results results) {
        this.cases = List.copyOf(cases);
        this.sessions = sessions;
        this.starter = starter;
        this.results = results;
    }

    /**
     * Runs all rounds and reports.
     *
     * @param warmUps rounds that are not counted.
     * @param rounds  that are.
     * @param table   file for every round.
     * @return whether no case failed; one that is not installed has not failed.
     * @throws IOException when the table can't be written.
     */
    boolean run(final int warmUps, final int rounds, final Path table) throws IOException {
        try {
            cases.forEach(this::start);
            for (int round = 0; round < warmUps + rounds; round++) {
                for (final PeerCase peer : List.copyOf(running.keySet())) {
                    round(peer, round >= warmUps);
                }
            }
        } finally {
            running.values().forEach(PeerProcess::close);
        }
        final Map<String, List<Window>> complete = new LinkedHashMap<>();
        windows.forEach((peer, found) -> {
            if (rounds == found.size()) {
                complete.put(peer.title(), found);
            }
        });
        Files.write(table, RaceProcess.table(complete));
        if (complete.size() > 1 && complete.containsKey(cases.get(0).title())) {
            RaceProcess.lines(BENCH, complete, sessions).forEach(results::add);
            noteGoals();
        } else {
            isFaultless = false;
            note(cases.get(0), "failed: nothing can be compared, see " + table.getFileName());
        }
        return isFaultless;
    }

    private void start(final PeerCase peer) {
        try {
            await(peer, starter.start(peer));
        } catch (final IOException e) {
            fail(peer, e);
        }
    }

    private void await(final PeerCase peer, final PeerProcess process) {
        try {
            note(peer, "settings: " + process.awaitReady());
            running.put(peer, process);
            windows.put(peer, new ArrayList<>());
        } catch (final NotRunException e) {
            note(peer, "not run: " + e.getMessage());
            process.close();
        } catch (final IOException e) {
            fail(peer, e);
            process.close();
        }
    }

    private void round(final PeerCase peer, final boolean isMeasured) {
        try {
            final Window window = running.get(peer).round();
            if (isMeasured) {
                windows.get(peer).add(window);
            }
        } catch (final IOException e) {
            fail(peer, e);
            running.remove(peer).close();
        }
    }

    private void fail(final PeerCase peer, final IOException why) {
        isFaultless = false;
        note(peer, "failed: " + why.getMessage());
    }

    private void noteGoals() {
        for (final PeerCase peer : cases) {
            results.lines().stream().filter(line -> 0 != peer.goal() && "signals/s".equals(line.unit())
                && caseName(peer).equals(line.yardstick())).forEach(line -> noteGoal(peer, line));
        }
    }

    private void noteGoal(final PeerCase peer, final ResultLine line) {
        note(peer, String.format(Locale.ROOT, "goal: the router at %.1f x its rate; %s at %.2f x", peer.goal(),
            line.ratio() >= peer.goal() ? "reached" : "missed", line.ratio()));
    }

    private void note(final PeerCase peer, final String text) {
        results.add(new ResultNote(BENCH, caseName(peer), text));
    }

    private String caseName(final PeerCase peer) {
        return peer.title() + ", sessions=" + sessions;
    }

    /** Starts the process of a case. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts it.
         *
         * @param peer the case.
         * @return its process, perhaps not ready yet.
         * @throws IOException when it can't be started.
         */
        PeerProcess start(PeerCase peer) throws IOException;
    }
}

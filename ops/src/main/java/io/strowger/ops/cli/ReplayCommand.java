package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.Counted;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.PositionException;
import io.strowger.router.replay.Replay;
import io.strowger.router.replay.ReplayException;
import io.strowger.router.snapshot.Recovery;
import io.strowger.router.snapshot.SnapshotException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Feeds the inputs of a journal to an empty core and compares all it gives. */
@Command(name = "replay", description = "Exact replay: the inputs again, and every record held against the journal, byte for byte.",
    footer = {"", "The last line is: position N chain HEX digest HEX, equal to that of the run that wrote the journal.",
        "Exits 1 at the first difference, and names its sequence."})
final class ReplayCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    @Option(names = "--from-snapshot", description = "begin behind the newest good snapshot, not at the journal's start")
    private boolean fromSnapshot;

    ReplayCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Journal journal = JournalFolder.read(directory)) {
            final Replay replay = begin(journal);
            final long first = replay.position();
            final long end = Math.max(1, journal.lastSequence());
            final long beganNs = System.nanoTime();
            replay.run(journal, position -> console.progress("replay: " + Math.min(100, 100 * position / end) + " %"));
            final double seconds = (System.nanoTime() - beganNs) / 1e9;
            console.endProgress();
            console.out().printf(Locale.ROOT, "replayed %s%s in %.2f s: %,.0f a second, every one equal to the journal's%n",
                Counted.grouped(replay.position() - first, "record"),
                0 == first ? "" : String.format(Locale.ROOT, " behind the snapshot at %,d", first), seconds,
                (replay.position() - first) / seconds);
            console.out().println(Position.line(replay.position(), replay.chain(), replay.digest()));
            return ExitCode.FINE;
        } catch (final ReplayException e) {
            throw new FailedException(e.getMessage());
        }
    }

    private Replay begin(final Journal journal) {
        try {
            return Recovery.intoCores(journal, fromSnapshot ? SnapshotFolder.of(directory) : null,
                fault -> console.note("replay: " + fault.getMessage())).begin(Long.MAX_VALUE).replay();
        } catch (final PositionException e) {
            // the command is right, the journal's beginning is gone
            throw new FailedException(e.getMessage() + (fromSnapshot ? "" : whatHelps(journal)));
        }
    }

    /** Reads snapshots through: the newest need not be the one that can be begun with. */
    private String whatHelps(final Journal journal) {
        final SnapshotFolder snapshots = SnapshotFolder.of(directory);
        for (final long sequence : snapshots.sequences()) {
            try {
                snapshots.check(journal, sequence);
                return "; --from-snapshot begins behind the one at " + sequence;
            } catch (final SnapshotException bad) {
                console.note("replay: snapshot at " + sequence + " is passed over: " + bad.getMessage());
            }
        }
        return ", and there is no good one";
    }
}

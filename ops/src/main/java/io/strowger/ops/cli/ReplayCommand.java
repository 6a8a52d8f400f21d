package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.node.JournalFolder;
import io.strowger.router.RouterConfiguration;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.replay.Replay;
import io.strowger.router.replay.ReplayException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Feeds the inputs of a journal to an empty core and compares all it gives. */
@Command(name = "replay", description = "Exact replay: the inputs again, and every record held against the journal, byte for byte.",
    footer = {"", "The last line is: position N chain HEX digest HEX, equal to that of the run that wrote the journal.",
        "Exits 1 at the first difference, and names its sequence."})
final class ReplayCommand implements Callable<Integer> {
    private static final int BLOCKS_A_POLL = 64;

    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    ReplayCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Journal journal = JournalFolder.read(directory)) {
            final Replay replay = Replay.intoNewCore(
                JournalFolder.coreSettings(journal.hashSeed()), RouterConfiguration.BLOCK_SIZE_LIMIT_DEFAULT);
            final long end = journal.lastSequence();
            final long beganNs = System.nanoTime();
            if (end > 0) {
                run(journal, replay, end);
            }
            final double seconds = (System.nanoTime() - beganNs) / 1e9;
            console.endProgress();
            console.out().printf(Locale.ROOT, "replayed %,d records in %.2f s: %,.0f a second, every one equal to the journal's%n",
                replay.position(), seconds, replay.position() / seconds);
            console.out().println(Position.line(replay.position(), replay.chain(), replay.digest()));
            return ExitCode.FINE;
        } catch (final ReplayException e) {
            throw new FailedException(e.getMessage());
        }
    }

    private void run(final Journal journal, final Replay replay, final long end) {
        try (JournalCursor blocks = journal.openCursor(1)) {
            while (replay.position() < end && blocks.poll(replay, BLOCKS_A_POLL) > 0) {
                console.progress("replay: " + 100 * replay.position() / end + " %");
            }
        }
    }
}

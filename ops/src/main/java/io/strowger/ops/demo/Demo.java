package io.strowger.ops.demo;

import io.strowger.ops.console.Console;
import io.strowger.ops.ingest.AmiDialect;
import io.strowger.ops.ingest.Ingest;
import io.strowger.ops.ingest.IngestReport;
import io.strowger.ops.ingest.IngestSettings;
import io.strowger.ops.node.JournalFolder;
import io.strowger.ops.node.LocalRouter;
import io.strowger.ops.view.StatusSnapshot;
import io.strowger.ops.view.StatusText;
import io.strowger.router.core.SessionStatus;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.Journal;
import io.strowger.router.replay.Replay;
import io.strowger.router.replay.ReplayException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * The demo: every bundled capture once, shown; then again and again as further sources, timed; then the journal replayed.
 */
public final class Demo {
    private static final int TENANT = 1;
    private static final int MOST_PASSES = 1_000;

    private final Console console;
    private final Path folder;
    private final long rateNs;

    /**
     * A demo.
     *
     * @param folder  empty, for the captures and the journal.
     * @param rateNs  how long the rate is measured.
     */
    public Demo(final Console console, final Path folder, final long rateNs) {
        this.console = console;
        this.folder = folder;
        this.rateNs = rateNs;
    }

    /**
     * Runs it.
     *
     * @return whether the replay gave the same chain and digest.
     */
    public boolean run() {
        final List<Path> streams = DemoCapture.ALL.stream().map(capture -> capture.unpack(folder.resolve("captures"))).toList();
        final Path directory = folder.resolve("journal");
        final CallBoard board = new CallBoard(console);
        final long position;
        final long chain;
        final long digest;
        try (LocalRouter router = LocalRouter.open(directory, note -> say("%s", note), board)) {
            say("%d captures of a real Asterisk 20 as one PBX: bytes -> facts -> ring -> fold -> journal -> tap", streams.size());
            final IngestReport first = ingest(router, streams, "pbx-1");
            say("");
            say("%,d bytes gave %,d facts, these %,d records with %,d events",
                first.bytes(), first.taken(), router.lastSequence(), board.events());
            showOpen("at the fullest moment", router.journal(), board.fullestPosition());
            showOpen("at the end", router.journal(), router.lastSequence());
            board.beQuiet();
            measure(router, streams, board);
            position = router.lastSequence();
            chain = router.chain();
            digest = router.digest();
        }
        return replay(directory, position, chain, digest);
    }

    private static IngestReport ingest(final LocalRouter router, final List<Path> streams, final String source) {
        final AmiDialect dialect = new AmiDialect(router.sourceNumber(TENANT, source), TENANT);
        return new Ingest(new IngestSettings(streams, source, TENANT, false), dialect, router,
            (sequence, file, offset) -> { }, SystemEpochNanoClock.INSTANCE, bytes -> { }).run();
    }

    private void showOpen(final String when, final Journal journal, final long position) {
        final Follower follower = Follower.open(journal, null, position, fault -> { });
        follower.run(position, done -> { });
        final StatusSnapshot status = new StatusSnapshot(null);
        follower.visit(status);
        final List<SessionStatus> sessions = status.sessions();
        say("");
        say("open sessions %s (sequence %d): %s", when, follower.position(),
            sessions.isEmpty() ? "none" : Integer.toString(sessions.size()));
        new StatusText(console.out()).sessions(sessions, follower.journalTimeNs());
    }

    private void measure(final LocalRouter router, final List<Path> streams, final CallBoard board) {
        final long recordsBefore = router.lastSequence();
        final long eventsBefore = board.events();
        final long beganNs = System.nanoTime();
        long bytes = 0;
        long facts = 0;
        int passes = 0;
        while (passes < MOST_PASSES && System.nanoTime() - beganNs < rateNs) {
            passes++;
            console.progress("demo: pass " + passes);
            final IngestReport report = ingest(router, streams, "pbx-" + (passes + 1));
            bytes += report.bytes();
            facts += report.taken();
        }
        final double seconds = (System.nanoTime() - beganNs) / 1e9;
        console.endProgress();
        say("");
        say("rate: the same bytes %,d times more, as pbx-2 to pbx-%d, from file to journal on one thread, JVM cold at the start:",
            passes, passes + 1);
        say("      %,.0f facts and %.0f MB a second (%,d facts, %,d records, %,d events in %.2f s)", facts / seconds,
            bytes / seconds / 1e6, facts, router.lastSequence() - recordsBefore, board.events() - eventsBefore, seconds);
    }

    private boolean replay(final Path directory, final long position, final long chain, final long digest) {
        try (Journal journal = JournalFolder.read(directory)) {
            final Replay replay = Replay.intoNewCore(journal);
            final long beganNs = System.nanoTime();
            replay.run(journal);
            final double seconds = (System.nanoTime() - beganNs) / 1e9;
            say("");
            say("replay of the journal: %,d records in %.2f s, every one compared byte for byte", replay.position(), seconds);
            final boolean equal = position == replay.position() && chain == replay.chain() && digest == replay.digest();
            say("live    position %d chain %s digest %s", position, hex(chain), hex(digest));
            say("replay  position %d chain %s digest %s", replay.position(), hex(replay.chain()), hex(replay.digest()));
            console.out().println(equal ? console.paint(Console.Colour.GREEN, "equal: the journal replays exactly")
                : console.paint(Console.Colour.RED, "NOT equal"));
            return equal;
        } catch (final ReplayException e) {
            console.error("demo: " + e.getMessage());
            return false;
        }
    }

    private void say(final String format, final Object... values) {
        console.out().printf(Locale.ROOT, format + "%n", values);
    }

    private static String hex(final long value) {
        return HexFormat.of().toHexDigits(value);
    }
}

package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.Counted;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.persistence.Damage;
import io.strowger.persistence.JournalRepair;
import io.strowger.persistence.JournalVerifier;
import io.strowger.persistence.RepairReport;
import io.strowger.persistence.VerifyListener;
import io.strowger.persistence.VerifyReport;
import io.strowger.router.journal.SequenceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves what is whole of a damaged journal. */
@Command(name = "repair", description = "Says what of a damaged journal can be saved and what is lost; with --apply it saves it.",
    footer = {"", "Writes nothing without --apply. With it, every good block is copied beside the damaged files, which stay as they are,",
        "the copy is verified, and counts from then on. Not beside the journal's writer.",
        "Exits 0 when nothing is damaged, or all that can be saved was; 1 when something is damaged and --apply was not given."})
final class RepairCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    @Option(names = "--apply", description = "do it: without this nothing is written")
    private boolean apply;

    RepairCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JournalFolder.check(directory);
        final Saved saved = new Saved();
        final VerifyReport found = new JournalVerifier(directory).run(saved);
        console.endProgress();
        if (found.isGood()) {
            console.out().println(console.paint(Console.Colour.GREEN, "good") + ": nothing to repair, "
                + Counted.of(found.records(), "record") + ", sequences " + found.firstSequence() + " to " + found.lastSequence());
            return ExitCode.FINE;
        }
        print(found);
        final ChronicleJournalContext context = new ChronicleJournalContext().directory(directory);
        final long free = free();
        if (!apply) {
            console.out().printf(Locale.ROOT, "would save %s with %s; the copy takes %,d bytes, and %,d are free%n",
                Counted.of(found.blocks(), "block"), Counted.of(found.records(), "record"), saved.bytes, free);
            console.out().println("nothing was written: --apply does it");
            return ExitCode.FAILED;
        }
        if (free < saved.bytes + context.reserveBytes()) {
            console.out().flush();
            throw new FailedException(String.format(Locale.ROOT,
                "no room for the copy: it takes %,d bytes, %,d more are left alone, and %,d are free", saved.bytes,
                context.reserveBytes(), free));
        }
        final RepairReport done = new JournalRepair(context).run();
        console.out().printf(Locale.ROOT, "%s: %s with %s in %s; what was there before stays beside it, to be removed by a person%n",
            console.paint(Console.Colour.GREEN, "repaired"), Counted.of(done.blocks(), "block"), Counted.of(done.records(), "record"),
            done.generation());
        if (!done.missing().isEmpty()) {
            console.note("repair: no router starts on it, as the state behind what is lost is not known:"
                + " tail shows all that is saved, status --at the state before");
        }
        return ExitCode.FINE;
    }

    private void print(final VerifyReport found) {
        for (final Damage damage : found.damages()) {
            console.out().println(console.paint(Console.Colour.RED, "damaged") + "  " + damage);
        }
        for (final SequenceRange range : found.missing()) {
            console.out().println(console.paint(Console.Colour.RED, "lost") + "     sequences " + range);
        }
        for (final SequenceRange range : found.recordedMissing()) {
            console.out().println("lost     sequences " + range + ", as an earlier repair has recorded");
        }
        if (found.missing().isEmpty() && found.recordedMissing().isEmpty()) {
            console.out().println("no record is lost");
        }
    }

    private long free() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (final IOException e) {
            throw new FailedException("can't look at the disk of " + directory + ": " + e.getMessage());
        }
    }

    /** Counts what the copy takes. */
    private final class Saved implements VerifyListener {
        private long bytes;

        @Override
        public void onBlock(final Path file, final long offset, final int length, final long firstSequence, final int count) {
            bytes += length;
        }

        @Override
        public void onProgress(final long read, final long total) {
            console.progress("repair: " + (0 == total ? 100 : 100 * read / total) + " % looked at");
        }
    }
}

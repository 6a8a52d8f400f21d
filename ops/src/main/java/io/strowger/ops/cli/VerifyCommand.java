package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.Counted;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.Damage;
import io.strowger.persistence.JournalVerifier;
import io.strowger.persistence.VerifyListener;
import io.strowger.persistence.VerifyReport;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.SequenceRange;
import io.strowger.router.snapshot.SnapshotException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Integrity of a journal. */
@Command(name = "verify", description = "Reads a journal and its snapshots byte by byte and names each damaged place.",
    footer = {"", "Exits 1 when anything is damaged or missing. May run beside the writer."})
final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    @Option(names = "--blocks", description = "also list each good block: file, offset, length, first sequence, count, split by tabs")
    private boolean blocks;

    VerifyCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JournalFolder.check(directory);
        final VerifyReport report = new JournalVerifier(directory).run(new Listener());
        console.endProgress();
        for (final Damage damage : report.damages()) {
            console.out().println(console.paint(Console.Colour.RED, "damaged") + "  " + damage);
        }
        for (final SequenceRange range : report.missing()) {
            console.out().println(console.paint(Console.Colour.RED, "missing") + "  sequences " + range);
        }
        for (final SequenceRange range : report.recordedMissing()) {
            console.out().println("lost     sequences " + range + ", as a repair has recorded");
        }
        if (null != report.tornTail()) {
            console.out().println("torn     " + report.tornTail() + ": never committed, the next writer cuts it");
        }
        if (null != report.staged()) {
            console.out().println("staged   " + report.staged() + ", by a writer that has died: the next one brings them into the files");
        }
        if (null != report.stagedFault()) {
            console.out().println("staged   " + report.stagedFault() + ": no part of the journal, the next writer keeps it aside");
        }
        if (report.firstKept() > 1) {
            console.out().println("removed  sequences 1-" + (report.firstKept() - 1) + ", by retention");
        }
        final long lost = report.missing().stream().mapToLong(SequenceRange::count).sum();
        console.out().printf(Locale.ROOT, "%s: %s, %s, %s, sequences %d to %d%s%n",
            report.isGood() ? console.paint(Console.Colour.GREEN, "good") : console.paint(Console.Colour.RED, "damaged"),
            Counted.of(report.files(), "file"), Counted.of(report.blocks(), "block"), Counted.of(report.records(), "record"),
            report.firstSequence(), report.lastSequence(),
            report.isGood() ? "" : "; " + Counted.of(report.damages().size(), "place") + " damaged, "
                + Counted.of(lost, "sequence") + " missing");
        console.out().println("checked: " + VerifyReport.CHECKED);
        final boolean areSnapshotsGood = verifySnapshots(report.isGood());
        return report.isGood() && areSnapshotsGood ? ExitCode.FINE : ExitCode.FAILED;
    }

    /** A snapshot is good only beside the journal it is of: beside a damaged one its own bytes are all that can be said. */
    private boolean verifySnapshots(final boolean isJournalGood) {
        final SnapshotFolder snapshots = SnapshotFolder.of(directory);
        boolean isGood = true;
        for (final String stranger : snapshots.strangers()) {
            isGood = false;
            console.out().println(console.paint(Console.Colour.RED, "damaged") + "  snapshots/" + stranger
                + ": its name is no sequence, so it is passed over");
        }
        try (Journal journal = isJournalGood ? ChronicleJournal.openReadOnly(directory) : null) {
            for (final long sequence : snapshots.sequences()) {
                try {
                    if (null == journal) {
                        snapshots.readThrough(sequence);
                    } else {
                        snapshots.check(journal, sequence);
                    }
                    console.out().println("snapshot " + sequence + ": good");
                } catch (final SnapshotException fault) {
                    isGood = false;
                    console.out().println(console.paint(Console.Colour.RED, "damaged") + "  snapshot " + sequence + ": "
                        + fault.getMessage());
                }
            }
        }
        return isGood;
    }

    private final class Listener implements VerifyListener {
        @Override
        public void onBlock(final Path file, final long offset, final int length, final long firstSequence, final int count) {
            if (blocks) {
                console.out().println(file.toAbsolutePath() + "\t" + offset + "\t" + length + "\t" + firstSequence + "\t" + count);
            }
        }

        @Override
        public void onProgress(final long bytes, final long total) {
            console.progress("verify: " + (0 == total ? 100 : 100 * bytes / total) + " %");
        }
    }
}

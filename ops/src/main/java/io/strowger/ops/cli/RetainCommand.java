package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.Counted;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.FailedException;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.CycleSpan;
import io.strowger.persistence.KeptCycles;
import io.strowger.persistence.retention.Need;
import io.strowger.persistence.retention.Retention;
import io.strowger.persistence.retention.RetentionLimits;
import io.strowger.persistence.retention.RetentionReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes the oldest files of a journal. */
@Command(name = "retain", description = "Removes the oldest files of a journal that nothing needs any more. Not beside its writer: a "
    + "server does it by itself (journal.keep).",
    footer = {"", "Needed are the two newest good snapshots, every named cursor, and the newest file.",
        "What is needed stays, whatever the limits say.",
        "Exits 1 when a snapshot or a cursor holds the journal above --keep-bytes, and names it."})
final class RetainCommand implements Callable<Integer> {
    private static final long NO_LIMIT = -1;

    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    @Option(names = "--keep-days", paramLabel = "N", defaultValue = "-1",
        description = "remove a file when its newest record is older (by journal time)")
    private long days;

    @Option(names = "--keep-bytes", paramLabel = "N", defaultValue = "-1",
        description = "remove the oldest files while all of them together have more bytes in use")
    private long bytes;

    @Option(names = "--dry-run", description = "say what would go, and remove nothing")
    private boolean dryRun;

    RetainCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (days < NO_LIMIT || bytes < NO_LIMIT || (NO_LIMIT == days && NO_LIMIT == bytes)) {
            throw new UsageException("retain needs --keep-days or --keep-bytes, from 0");
        }
        JournalFolder.check(directory);
        final Retention retention = new Retention(directory, new RetentionLimits(
            NO_LIMIT == days ? RetentionLimits.NONE : TimeUnit.DAYS.toNanos(days), NO_LIMIT == bytes ? RetentionLimits.NONE : bytes));
        final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        try (KeptCycles cycles = KeptCycles.open(directory)) {
            return print(dryRun ? retention.plan(cycles, nowNs) : retention.run(cycles, nowNs));
        }
    }

    private int print(final RetentionReport report) {
        for (final String bad : report.badSnapshots()) {
            console.note("retain: passed over: " + bad);
        }
        for (final CycleSpan cycle : report.removed()) {
            console.out().printf(Locale.ROOT, "%s  %s  sequences %d-%d, %,d bytes%n", dryRun ? "would remove" : "removed",
                cycle.file().getFileName(), cycle.first(), cycle.last(), cycle.bytes());
        }
        for (final Need need : report.holding()) {
            console.out().println("held back by " + need);
        }
        console.out().printf(Locale.ROOT, "%s %s with %,d bytes; %,d bytes kept, from sequence %d on%n",
            dryRun ? "would remove" : "removed", Counted.of(report.removed().size(), "file"), report.removedBytes(), report.keptBytes(),
            report.firstSequence());
        if (report.isOverSize() && report.holding().isEmpty()) {
            console.out().println("what is left above --keep-bytes is the newest file, which always stays");
        } else if (report.isOverSize()) {
            console.out().flush();
            throw new FailedException("the journal stays above --keep-bytes: held back by " + report.holding().get(0));
        }
        return ExitCode.FINE;
    }
}

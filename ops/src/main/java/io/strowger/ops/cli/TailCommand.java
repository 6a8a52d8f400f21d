package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.node.JournalFolder;
import io.strowger.ops.view.EventFilter;
import io.strowger.ops.view.RecordPrinter;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalCursor;
import io.strowger.router.journal.SequenceRange;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the events of a journal. */
@Command(name = "tail", description = "The events of a journal, from its start or a position, and on as they come.")
final class TailCommand implements Callable<Integer> {
    private static final int BLOCKS_A_POLL = 64;
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    @Option(names = "--from", paramLabel = "SEQ", description = "first sequence, from 1 (default: the first there is)")
    private Long from;

    @Option(names = "--follow", description = "go on with what comes, until stopped")
    private boolean follow;

    @Option(names = "--raw", description = "also the records that changed nothing, with what became of them")
    private boolean raw;

    @Option(names = "--user", paramLabel = "U", description = "only events of this local user")
    private String user;

    @Option(names = "--group", paramLabel = "G", description = "only events of this group or queue")
    private String group;

    @Option(names = "--type", paramLabel = "T", split = ",", description = "only events of this type (call.cleared) or family (call)")
    private List<String> types = List.of();

    @Option(names = "--tenant", paramLabel = "N", defaultValue = "-1", description = "only events of this tenant (default: all)")
    private int tenant;

    @Option(names = "--format", paramLabel = "text|json", defaultValue = "text",
        description = "text: a line an event; json: a CloudEvents 1.0 object a line")
    private OutputFormat format;

    TailCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (null != from && from < 1) {
            throw new UsageException("--from must be a sequence, from 1, not " + from);
        }
        final EventFilter filter = new EventFilter(user, group, types, tenant);
        try (Journal journal = JournalFolder.read(directory)) {
            final long end = follow ? Long.MAX_VALUE : journal.lastSequence();
            final long first = null == from ? journal.firstSequence() : from;
            final RecordPrinter printer = OutputFormat.JSON == format
                ? RecordPrinter.json(console.out(), filter, raw, first) : RecordPrinter.text(console.out(), filter, raw, first);
            for (final SequenceRange range : journal.missing()) {
                if (range.last() >= first) {
                    console.note("tail: sequences " + range + " are lost, as a repair has recorded");
                }
            }
            try (JournalCursor blocks = journal.openCursor(first)) {
                run(blocks, printer, end);
            }
        }
        return ExitCode.FINE;
    }

    private void run(final JournalCursor blocks, final RecordPrinter printer, final long end) {
        while (printer.position() < end) {
            final int count = blocks.poll(printer, BLOCKS_A_POLL);
            if (count > 0 && console.isReaderGone()) {
                return;
            }
            if (0 == count) {
                if (!follow || Thread.currentThread().isInterrupted()) {
                    return;
                }
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }
}

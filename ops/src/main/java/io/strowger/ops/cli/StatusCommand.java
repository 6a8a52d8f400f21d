package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.node.JournalFolder;
import io.strowger.ops.view.StatusJson;
import io.strowger.ops.view.StatusSnapshot;
import io.strowger.ops.view.StatusText;
import io.strowger.persistence.snapshot.SnapshotFolder;
import io.strowger.router.follower.Follower;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.PositionException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The state at a position. */
@Command(name = "status", description = "Open sessions, users, groups and sources at a position of a journal.",
    footer = {"", "A state stands only behind an input with all it led to: --at gives the last such place that is not beyond SEQ.",
        "The position printed last is the one of the state."})
final class StatusCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    @Option(names = "--at", paramLabel = "SEQ", description = "position, from 0 (default: the end)")
    private Long at;

    @Option(names = "--user", paramLabel = "U", description = "only this local user and its sessions")
    private String user;

    @Option(names = "--format", paramLabel = "text|json", defaultValue = "text", description = "text: for people; json: an object a line")
    private OutputFormat format;

    StatusCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (null != at && at < 0) {
            throw new UsageException("--at must be a position, from 0, not " + at);
        }
        try (Journal journal = JournalFolder.read(directory)) {
            final long end = journal.lastSequence();
            final long until = null == at ? end : at;
            if (until > end) {
                throw new PositionException(until, journal.firstSequence(), end);
            }
            final Follower follower = Follower.open(journal, SnapshotFolder.of(directory), until,
                fault -> console.note("status: " + fault.getMessage()));
            follower.run(until, position -> console.progress("status: " + 100 * position / until + " %"));
            console.endProgress();
            final StatusSnapshot status = new StatusSnapshot(user);
            follower.visit(status);
            if (OutputFormat.JSON == format) {
                new StatusJson(console.out()).write(status, follower.position());
            } else {
                new StatusText(console.out()).write(status, follower.position(), follower.journalTimeNs());
            }
        }
        return ExitCode.FINE;
    }
}

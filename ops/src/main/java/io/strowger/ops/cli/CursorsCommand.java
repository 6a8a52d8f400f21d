package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.ExitCode;
import io.strowger.ops.console.UsageException;
import io.strowger.ops.node.JournalFolder;
import io.strowger.persistence.tail.CursorException;
import io.strowger.persistence.tail.Cursors;
import io.strowger.persistence.tail.NamedCursor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The named cursors of a journal. */
@Command(name = "cursors", description = "Lists the named cursors of a journal, or removes one. May run beside the writer.",
    footer = {"", "A cursor holds the journal from its position on, however long nobody has come for it: retain removes nothing there.",
        "Exits 1 when a cursor is damaged, or the one to remove is in use."})
final class CursorsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "folder of the journal")
    private Path directory;

    @Option(names = "--remove", paramLabel = "NAME",
        description = "remove this cursor for ever, also a damaged one: the journal keeps nothing for it any more")
    private String removed;

    CursorsCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JournalFolder.check(directory);
        return null == removed ? list() : remove();
    }

    private int remove() {
        final boolean isThere;
        try {
            isThere = Cursors.remove(directory, removed);
        } catch (final IllegalArgumentException noName) {
            throw new UsageException(noName.getMessage());
        }
        if (!isThere) {
            throw new UsageException("no cursor " + removed + " in " + directory);
        }
        console.out().println("removed " + removed);
        return ExitCode.FINE;
    }

    private int list() {
        final List<String> names = Cursors.names(directory);
        int code = ExitCode.FINE;
        for (final String name : names) {
            try {
                final NamedCursor cursor = Cursors.read(directory, name);
                if (null != cursor) {
                    print(cursor);
                }
            } catch (final CursorException fault) {
                code = ExitCode.FAILED;
                console.out().println(console.paint(Console.Colour.RED, "damaged") + "  " + fault.getMessage());
            }
        }
        if (names.isEmpty()) {
            console.out().println("no cursor");
        }
        return code;
    }

    private void print(final NamedCursor cursor) {
        final Instant committed = Instant.ofEpochMilli(cursor.committedMs()).truncatedTo(ChronoUnit.SECONDS);
        final long ageS = Math.max(0, TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis() - cursor.committedMs()));
        console.out().printf(Locale.ROOT, "%s  at %d, committed %s, %s ago%n", cursor.name(), cursor.position(), committed, age(ageS));
    }

    /** In the largest unit of which there are two. */
    private static String age(final long seconds) {
        final long minutes = TimeUnit.SECONDS.toMinutes(seconds);
        final long hours = TimeUnit.SECONDS.toHours(seconds);
        final long days = TimeUnit.SECONDS.toDays(seconds);
        if (days > 1) {
            return days + " days";
        }
        if (hours > 1) {
            return hours + " h";
        }
        return minutes > 1 ? minutes + " min" : seconds + " s";
    }
}

package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.node.LocalRouter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was broken off at any fact, and run again, leaves the journal of an undisturbed one. */
class ResumeTest {
    @TempDir
    private Path folder;
    private Path stream;

    @BeforeEach
    void unpack() {
        stream = new Capture("02-busy").unpack("lean/", folder);
    }

    @Test
    void shouldGiveSameJournalWhenBrokenOffAtAnyFact() {
        final String undisturbed = run("undisturbed");
        final long facts = new Broken(folder.resolve("count"), Long.MAX_VALUE, false).run();
        assertTrue(facts > 10, "facts: " + facts);
        for (long taken = 0; taken <= facts; taken++) {
            final String journal = "broken-" + taken;
            new Broken(folder.resolve(journal), taken, 0 == taken % 2).run();
            assertEquals(undisturbed, run(journal), "broken off behind fact " + taken);
        }
    }

    @Test
    void shouldAddNothingWhenRunAgain() {
        assertEquals(run("again"), run("again"));
    }

    @Test
    void shouldGiveSameJournalWhenAcknowledged() {
        final String undisturbed = run("undisturbed");
        final Run acknowledged = ingest("acknowledged", "--acks");
        assertEquals(undisturbed, acknowledged.lastLine());
        long lastSequence = 0;
        long lastOffset = 0;
        for (final String line : acknowledged.lines().subList(0, acknowledged.lines().size() - 1)) {
            final String[] parts = line.split(" ", -1);
            assertEquals("0", parts[1], line);
            assertTrue(Long.parseLong(parts[0]) > lastSequence && Long.parseLong(parts[2]) > lastOffset, line);
            lastSequence = Long.parseLong(parts[0]);
            lastOffset = Long.parseLong(parts[2]);
        }
        assertTrue(lastOffset > 0 && lastOffset <= stream.toFile().length());
        assertTrue(undisturbed.startsWith("position " + (lastSequence + 1) + " "), "only the end of the connection has no block");
    }

    @Test
    void shouldAcknowledgeOnlyWhatIsNewWhenResumed() {
        new Broken(folder.resolve("resumed"), 5, true).run();
        final List<String> whole = ingest("whole", "--acks").lines();
        final List<String> rest = ingest("resumed", "--acks").lines();
        assertTrue(rest.size() < whole.size());
        assertEquals(whole.subList(whole.size() - rest.size(), whole.size()), rest);
    }

    private String run(final String journal) {
        return ingest(journal).lastLine();
    }

    private Run ingest(final String journal, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of("ingest", stream.toString(), "--format", "ami", "--source", "pbx-1",
            "--journal", folder.resolve(journal).toString()));
        arguments.addAll(List.of(more));
        final Run run = Run.of(arguments.toArray(new String[0]));
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    /** A run that ends like a process that is killed: behind a number of facts, with or without what was offered being journaled. */
    private final class Broken implements IngestTarget {
        private final Path journal;
        private final long most;
        private final boolean journaled;
        private LocalRouter router;
        private long taken;

        Broken(final Path journal, final long most, final boolean journaled) {
            this.journal = journal;
            this.most = most;
            this.journaled = journaled;
        }

        /** Returns how many facts were taken. */
        long run() {
            router = LocalRouter.open(journal, note -> { });
            try {
                new Ingest(new IngestSettings(List.of(stream), "pbx-1", 1, false), new AmiDialect(sourceNumber(1, "pbx-1"), 1), this,
                    (sequence, file, offset) -> { }, SystemEpochNanoClock.INSTANCE, bytes -> { }).run();
            } catch (final Killed expected) {
                assertEquals(most, taken);
            } finally {
                router.journal().close();
            }
            return taken;
        }

        @Override
        public int sourceNumber(final int tenant, final String name) {
            return router.sourceNumber(tenant, name);
        }

        @Override
        public long lastSourceSequence(final int source) {
            return router.lastSourceSequence(source);
        }

        @Override
        public int offer(final DirectBuffer signal, final int offset, final int length) {
            if (taken == most) {
                if (journaled) {
                    router.drain();
                }
                throw new Killed();
            }
            taken++;
            return router.offer(signal, offset, length);
        }

        @Override
        public void drain() {
            router.drain();
        }

        @Override
        public long lastSequence() {
            return router.lastSequence();
        }

        @Override
        public long chain() {
            return router.chain();
        }

        @Override
        public long digest() {
            return router.digest();
        }
    }

    /** The process is gone. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

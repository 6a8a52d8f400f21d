package io.strowger.persistence;

import java.io.DataOutputStream;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The process that gets killed: appends for ever and writes each last sequence, once its block is in the journal, to its output.
 */
final class AppendLoop {
    private static final int BLOCKS_A_CYCLE = 120;

    private AppendLoop() {
    }

    /**
     * Runs.
     *
     * @param arguments directory; then "tear" to end in the middle of an excerpt, or how many blocks to append, 0 for no end; then
     *                  how many records every second block has, 1 when not said; then how many blocks are staged before a flush, when
     *                  they are to be staged at all.
     */
    public static void main(final String[] arguments) throws Exception {
        final Path directory = Path.of(arguments[0]);
        if ("tear".equals(arguments[1])) {
            tear(directory);
            Runtime.getRuntime().halt(9);
        }
        final long limit = Long.parseLong(arguments[1]);
        final int records = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        final int staged = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        final DataOutputStream acks = new DataOutputStream(System.out);
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            final Blocks blocks = new Blocks(journal.lastSequence(), BlockKind.MIXED).behind(journal);
            for (long i = 0; 0 == limit || i < limit; i++) {
                blocks.time(Blocks.START_NS + journal.lastSequence() / BLOCKS_A_CYCLE * Blocks.DAY_NS);
                if (0 == staged) {
                    blocks.append(journal, 1, 0 == i % 2 ? 1 : records);
                } else {
                    blocks.stage(journal, 1, 0 == i % 2 ? 1 : records);
                    if (0 == i % staged) {
                        journal.flush();
                    }
                }
                acks.writeLong(journal.lastSequence());
                acks.flush();
            }
        }
    }

    /**
     * Leaves what a process leaves that dies while it writes: a lock with its process id, and half an excerpt without a word.
     */
    static void tear(final Path directory) {
        ChronicleJournal.open(Blocks.context(directory)).close();
        final TailScan tail = new TailScan(directory.resolve("gen-0"), ChronicleSettings.cycle("TEST4_DAILY"), Gaps.NONE, null);
        tail.run();
        final JournalTime time = new JournalTime();
        time.advanceToNs(Math.max(Blocks.START_NS, tail.lastTimeNs()));
        final SingleChronicleQueue queue = ChronicleSettings.queue(directory.resolve("gen-0"), ChronicleSettings.cycle("TEST4_DAILY"),
            64 << 10, time);
        final ExcerptAppender appender = queue.createAppender();
        final DocumentContext document = appender.writingDocument();
        for (int i = 0; i < 300; i++) {
            document.wire().bytes().writeByte((byte)0x77);
        }
    }
}

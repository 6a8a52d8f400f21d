package io.strowger.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.SourceBootedDecoder;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.codecs.sbe.SourceGapDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.ops.captures.Capture;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.follower.Follower;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.RecordLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From admission through the real core and the real journal to a tap, a fact costs no byte of heap: the calls of real captures, again and
 * again under new native ids.
 */
@Timeout(180)
class PipelineAllocationTest {
    private static final int A_WINDOW = 100_000;
    private static final int WARM_UP_WINDOWS = 2;
    private static final int WINDOWS = 4;
    private static final int MOST_WINDOWS = 12;
    /** Everything written lies in one mapping: another one is made with objects, a few times a gigabyte. */
    private static final long MAPPED_AT_ONCE = 512L << 20;
    private static final long RESERVE = 4 << 20;
    private static final int FACTS_A_TURN = 32;
    /** What Asterisk's unique ids begin with in these captures: seconds since 1970. */
    private static final String ID_START = "17956";
    private static final int ID_DIGITS = 10;
    private static final long ID_STEP = 1_000_000;
    private static final Set<Integer> ABOUT_THE_SOURCE = Set.of(SourceHelloDecoder.TEMPLATE_ID, SourceBootedDecoder.TEMPLATE_ID,
        SourceDownDecoder.TEMPLATE_ID, SourceGapDecoder.TEMPLATE_ID);

    @TempDir
    private Path folder;
    private UnsafeBuffer[] facts;
    private int[][] idOffsets;
    private long[][] ids;
    private long sourceSequence;
    private long pass;
    private long events;
    private long eventBytes;

    @Test
    void shouldAllocateNothingFromAdmissionToTapWhenTheJournalIsOnDisk() {
        final List<UnsafeBuffer> all = CapturedFacts.of(folder.resolve("captures"),
            List.of(new Capture("01-answered-call"), new Capture("02-busy"), new Capture("04-cancel"), new Capture("06-blind-transfer"),
                new Capture("09-hold-unhold"), new Capture("12-queue-complete-agent")));
        prepare(all);
        final ChronicleJournalContext files = new ChronicleJournalContext().directory(folder.resolve("journal"))
            .blockSize(MAPPED_AT_ONCE).reserveBytes(RESERVE);
        try (ChronicleJournal journal = ChronicleJournal.open(files);
            Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER)
                .journalTime(JournalTime.SOURCE).tap(this::see))) {
            final Channel channel = router.openChannel();
            introduce(router, channel, all);
            final int passes = (A_WINDOW + facts.length - 1) / facts.length;
            run(router, channel, WARM_UP_WINDOWS * passes);
            final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            long eventsOfWindow = 0;
            int windows = 0;
            // beside other builds the compiler may take its time: more windows then
            while (windows < MOST_WINDOWS && (windows < WINDOWS || least > 0)) {
                final long eventsBefore = events;
                final long before = threads.getCurrentThreadAllocatedBytes();
                run(router, channel, passes);
                // what the JIT compiler lets be allocated once, while it replaces code, is not in each of them
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                eventsOfWindow = events - eventsBefore;
                windows++;
            }
            assertEquals(0, least, "bytes for " + (long)passes * facts.length + " facts");
            assertEquals(events / (WARM_UP_WINDOWS + windows), eventsOfWindow, "each window told the same");
            assertTrue(eventsOfWindow > passes * 20L && eventBytes > events * 100, "events " + events + " of bytes " + eventBytes);
            assertEquals(router.lastSequence(), journal.lastSequence());
            final Follower fold = Follower.open(journal, null, Long.MAX_VALUE, fault -> { });
            fold.run(journal.lastSequence(), position -> { });
            assertEquals(journal.lastSequence(), fold.position());
        }
    }

    /** The facts about legs, with the places of the ids in them. */
    private void prepare(final List<UnsafeBuffer> all) {
        facts = all.stream().filter(fact -> !ABOUT_THE_SOURCE.contains(SignalLayout.templateId(fact, 0))).toArray(UnsafeBuffer[]::new);
        idOffsets = new int[facts.length][];
        ids = new long[facts.length][];
        for (int i = 0; i < facts.length; i++) {
            final List<Integer> offsets = new ArrayList<>();
            final String text = facts[i].getStringWithoutLengthAscii(0, facts[i].capacity());
            for (int at = text.indexOf(ID_START); at >= 0; at = text.indexOf(ID_START, at + 1)) {
                offsets.add(at);
            }
            final UnsafeBuffer fact = facts[i];
            idOffsets[i] = offsets.stream().mapToInt(Integer::intValue).toArray();
            ids[i] = offsets.stream().mapToLong(at -> fact.parseNaturalLongAscii(at, ID_DIGITS)).toArray();
        }
    }

    /** The source says hello, and its epoch is known. */
    private void introduce(final Router router, final Channel channel, final List<UnsafeBuffer> all) {
        for (final int template : List.of(SourceHelloDecoder.TEMPLATE_ID, SourceBootedDecoder.TEMPLATE_ID)) {
            all.stream().filter(fact -> template == SignalLayout.templateId(fact, 0)).findFirst()
                .ifPresent(fact -> offer(router, channel, fact));
        }
    }

    private void run(final Router router, final Channel channel, final int passes) {
        for (int i = 0; i < passes; i++) {
            pass++;
            for (int j = 0; j < facts.length; j++) {
                for (int k = 0; k < ids[j].length; k++) {
                    number(facts[j], idOffsets[j][k], ids[j][k] + pass * ID_STEP);
                }
                offer(router, channel, facts[j]);
                if (0 == j % FACTS_A_TURN) {
                    router.poll();
                }
            }
            int work;
            do {
                // until all is in the journal and told
                work = router.poll();
            } while (work > 0);
        }
    }

    private static void number(final UnsafeBuffer fact, final int offset, final long id) {
        long rest = id;
        for (int at = offset + ID_DIGITS - 1; at >= offset; at--) {
            fact.putByte(at, (byte)('0' + rest % 10));
            rest /= 10;
        }
    }

    private void offer(final Router router, final Channel channel, final UnsafeBuffer fact) {
        fact.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, ++sourceSequence, ByteOrder.LITTLE_ENDIAN);
        while (channel.offer(fact, 0, fact.capacity()) < 0) {
            router.poll();
        }
    }

    private void see(final DirectBuffer block, final int record) {
        events++;
        eventBytes += RecordLayout.eventLength(block, record);
    }
}

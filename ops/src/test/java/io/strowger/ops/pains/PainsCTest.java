package io.strowger.ops.pains;

import static io.strowger.ops.pains.Blocks.block;
import static io.strowger.ops.pains.Blocks.created;
import static io.strowger.ops.pains.Blocks.event;
import static io.strowger.ops.pains.Blocks.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.ConnectionFacts;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.ops.Run;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.core.Core;
import io.strowger.router.core.CoreSettings;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost, late or slow. */
class PainsCTest {
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;
    private static final int CALLS_A_WINDOW = 25_000;
    private static final int EVENTS_A_CALL = 4;
    private static final int WINDOWS = 10;
    private static final int ID_DIGITS = 7;
    private static final long BYTES_PER_EVENT = 1;
    private static final long AGE_LIMIT_MS = 600_000;

    @TempDir
    private Path folder;
    private final RecordCursor records = new RecordCursor();
    private final EventDecoder event = new EventDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long number;
    private long cleared;

    /** pains.md C6. A call whose end was never seen ends when its server's list lacks it; one that is in the list does not. */
    @Test
    void shouldEndOnlyCallThatListLacks() {
        final Fed fed = Fed.ami(folder, created("101", "1.1", "1.1"), created("103", "1.3", "1.3"),
            event("DialBegin", fields("", "101", "1.1", "1.1", 4), fields("Dest", "102", "1.2", "1.1", 0), "DialString: 102"),
            block("Response: Success", "ActionID: 1", "EventList: start", "Message: Channels will follow"),
            block("Event: CoreShowChannel", "ActionID: 1", fields("", "103", "1.3", "1.3", 4)),
            block("Event: CoreShowChannelsComplete", "ActionID: 1", "EventList: Complete", "ListItems: 1"));
        assertEquals(List.of("1.3"), fed.open());
        assertEquals(List.of("not-in-snapshot", "not-in-snapshot"), fed.all("call.cleared", "cause"));
    }

    /**
     * pains.md C8. One end each, whether the server sends the first event of an end, the second, or both. An event stands complete in its
     * record and is never changed, and a session's {@code call.cleared} is its last: so a second end behind the first adds nothing, and
     * need not, because cause and duration are known at the first.
     */
    @Test
    void shouldEndOnceWhicheverHangupEventComes() {
        final List<String> ids = List.of("a", "b", "c");
        final String stream = ids.stream().map(id -> esl("CHANNEL_CREATE", id, 0)).reduce("", String::concat)
            + ids.stream().map(id -> esl("CHANNEL_ANSWER", id, 2)).reduce("", String::concat)
            + esl("CHANNEL_HANGUP", "a", 7) + esl("CHANNEL_HANGUP", "b", 7) + esl("CHANNEL_HANGUP_COMPLETE", "b", 7)
            + esl("CHANNEL_HANGUP_COMPLETE", "c", 7);
        final Fed fed = Fed.of(folder, "esl", stream.getBytes(StandardCharsets.UTF_8));
        for (final String id : ids) {
            assertEquals(List.of("call.initiated", "call.established", "call.cleared"), fed.typesOf(id), id);
        }
        assertEquals(List.of("a normal 16 5000", "b normal 16 5000", "c normal 16 5000"),
            fed.all("call.cleared", "nativeId", "cause", "causeCode", "durationMs"));
        final List<?> second = fed.tail("--raw").stream().filter(record -> "record.ignored".equals(record.get("type"))).toList();
        assertEquals(1, second.size());
        assertTrue(second.get(0).toString().contains("nativeId=b"), second::toString);
    }

    /** pains.md C10. A million events leave nothing behind on the heap, and each call of them ends. */
    @Test
    void shouldKeepHeapFlatOverMillionEvents() {
        final BlockWriter out = new BlockWriter(64 * 1024);
        final Core core = new Core(new CoreSettings(4_096, 4_096, 1_024, 8, 7), out);
        final SignalSink sink = (buffer, offset, length) -> {
            core.apply(buffer, offset, length, ARRIVAL_NS);
            out.finish();
            cleared += countCleared(out.buffer());
            out.reset();
            return true;
        };
        new ConnectionFacts(1, 1, "pbx", "ami").connected(0, ARRIVAL_NS, true, sink);
        final AmiTranslator translator = new AmiTranslator(AmiSettings.of(1, 1));
        translator.connected(0);
        final byte[] bytes = call().replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer stream = new UnsafeBuffer(bytes);
        final int[] places = places(bytes);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long grown = 0;
        for (int window = 0; window < WINDOWS; window++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS_A_WINDOW; i++) {
                numberAnew(stream, places);
                translator.onBytes(stream, 0, bytes.length, ARRIVAL_NS, sink);
            }
            // the first one warms up
            grown += 0 == window ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, core.openSessions());
        assertEquals(CALLS_A_WINDOW * (long)WINDOWS, number);
        assertEquals(number, cleared);
        final long events = (WINDOWS - 1L) * CALLS_A_WINDOW * EVENTS_A_CALL;
        assertTrue(grown < BYTES_PER_EVENT * events, grown + " bytes for " + events + " events");
    }

    /** pains.md C11. Who was away goes on behind its position and gets every call that was given up meanwhile, and none again. */
    @Test
    void shouldTellAbandonedCallsWhenSubscriberResumes() {
        final byte[] first = (created("101", "1.1", "1.1") + abandoned("101", "1.1")).replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8);
        final Filter filter = Filter.ofTenant(1).withType(EventType.CALL_DEQUEUED);
        final Fed before = Fed.of(folder, "ami", first);
        assertEquals(List.of("1.1 abandoned"), resumed(before, filter, 1));
        final long position = (Long)((Map<?, ?>)before.tail().get(before.tail().size() - 1).get("data")).get("sequence");
        final String meanwhile = created("102", "1.2", "1.2") + abandoned("102", "1.2") + created("103", "1.3", "1.3")
            + abandoned("103", "1.3") + created("104", "1.4", "1.4") + abandoned("104", "1.4");
        final Fed after = Fed.of(folder, "ami", first, meanwhile.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("1.2 abandoned", "1.3 abandoned", "1.4 abandoned"), resumed(after, filter, position + 1));
    }

    /** pains.md C12. A call whose hangup was never posted ends by reconciliation, and its cause says so. */
    @Test
    void shouldEndCallWithItsOwnCauseWhenHangupWasNeverPosted() {
        final String[] list = Lines.legs("b");
        final Fed fed = Fed.json(folder, Lines.seen("a", "101", ""), Lines.seen("b", "102", ""), list[0], list[1], list[2]);
        assertEquals(List.of("a not-in-snapshot null"), fed.all("call.cleared", "nativeId", "cause", "causeCode"));
        assertEquals(List.of("b"), fed.open());
    }

    /** The same where nothing lists the phone's calls: time alone ends the one that nothing was heard of again. */
    @Test
    void shouldEndCallAsExpiredWhenPhoneNeverPostsItsHangup() {
        final Path journal = folder.resolve("phone");
        try (LiveRouter phone = LiveRouter.ofPhone(journal, AGE_LIMIT_MS)) {
            phone.post("incoming-call&call_id=2&remote=103");
            phone.post("call-established&call_id=2&remote=103");
            phone.post("call-terminated&call_id=2&remote=103");
            phone.post("incoming-call&call_id=1&remote=102");
            phone.post("call-established&call_id=1&remote=102");
            phone.pass(AGE_LIMIT_MS - 1_000);
            assertEquals(List.of("connected"), Fed.written(journal).status("session", "state"), "not before its time");
            phone.pass(AGE_LIMIT_MS + 2_000);
            phone.post("call-terminated&call_id=1&remote=102");
        }
        final Fed fed = Fed.written(journal);
        assertEquals(List.of("103 normal", "102 expired"), fed.all("call.cleared", "remoteParty", "cause"));
        assertEquals("null", fed.all("call.cleared", "causeCode").get(1), "no code that the phone has not given");
        assertEquals(List.of(), fed.open());
        assertEquals(0, Run.of("replay", fed.journal()).exitCode());
    }

    /** Session and reason of the events that a subscriber gets who goes on at a position. */
    private static List<String> resumed(final Fed fed, final Filter filter, final long position) {
        final List<String> events = new ArrayList<>();
        final EventDecoder told = new EventDecoder();
        try (ChronicleJournal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(Path.of(fed.journal())));
            Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER)
                .journalTime(JournalTime.SOURCE))) {
            final Subscription subscription = router.subscribe(filter, position);
            subscription.catchUp((buffer, record) -> {
                told.wrapAndApplyHeader(buffer, RecordLayout.eventOffset(buffer, record), new MessageHeaderDecoder());
                events.add(told.nativeId() + " " + told.reason().name().toLowerCase(Locale.ROOT));
            }, Integer.MAX_VALUE);
        }
        return events;
    }

    private static String abandoned(final String user, final String id) {
        final String leg = fields("", user, id, id, 6);
        return event("QueueCallerJoin", leg, "Queue: q", "Position: 1", "Count: 1") + event("HangupRequest", leg)
            + event("QueueCallerAbandon", leg, "Queue: q", "HoldTime: 3") + event("QueueCallerLeave", leg, "Queue: q")
            + Blocks.hangup(user, id, id);
    }

    private int countCleared(final DirectBuffer block) {
        int count = 0;
        records.wrap(block, 0);
        while (records.next()) {
            if (records.hasEvent()) {
                event.wrapAndApplyHeader(block, RecordLayout.eventOffset(block, records.record()), header);
                count += EventType.CALL_CLEARED == event.eventType() ? 1 : 0;
            }
        }
        return count;
    }

    private void numberAnew(final UnsafeBuffer stream, final int[] places) {
        number++;
        for (final int place : places) {
            long rest = number;
            for (int digit = ID_DIGITS - 1; digit >= 0; digit--) {
                stream.putByte(place + digit, (byte)('0' + rest % 10));
                rest /= 10;
            }
        }
    }

    private static int[] places(final byte[] bytes) {
        final String text = new String(bytes, StandardCharsets.US_ASCII);
        return Stream.iterate(text.indexOf("0000000."), at -> at >= 0, at -> text.indexOf("0000000.", at + 1)).mapToInt(at -> at).toArray();
    }

    private static String call() {
        return created("101", "0000000.1", "0000000.1") + Blocks.state("101", "0000000.1", "0000000.1", 6)
            + event("QueueCallerJoin", fields("", "101", "0000000.1", "0000000.1", 6), "Queue: q", "Position: 1", "Count: 1")
            + Blocks.hangup("101", "0000000.1", "0000000.1");
    }

    private static String esl(final String name, final String id, final int second) {
        final String body = "Event-Name: " + name + "\nCore-UUID: 11111111-2222-3333-4444-555555555555\n"
            + "Event-Date-Timestamp: " + (1_795_624_150_682_276L + second * 1_000_000L) + "\nUnique-ID: " + id
            + "\nChannel-Call-UUID: " + id
            + "\nChannel-Name: sofia/internal/101@h\nChannel-Presence-ID: 101%40h\nCall-Direction: inbound\nCaller-Caller-ID-Number: 101\n"
            + "Caller-Destination-Number: 102\nHangup-Cause: NORMAL_CLEARING\n\n";
        return "Content-Length: " + body.length() + "\nContent-Type: text/event-plain\n\n" + body;
    }
}

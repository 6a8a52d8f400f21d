package io.strowger.router.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.codecs.sbe.SnapshotItemEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A status takes room in keeping with its size, and every item of it comes out once, in order.
 */
class StatusReportTest {
    private static final long CAPACITY = 1 << 20;
    private static final int SMALL = 10;
    private static final int LARGE = 2_000;

    private final StatusRoom room = new StatusRoom(CAPACITY, CAPACITY);

    @Test
    void shouldTakeAFewKilobytesForTheStatusOfOneUser() {
        try (StatusReport report = answered(SMALL, room)) {
            assertTrue(room.taken() <= 4 * 1024, () -> "taken: " + room.taken());
            assertEquals(numbers(SMALL), read(report, SMALL + 1));
        }
        assertEquals(0, room.taken());
    }

    @Test
    void shouldGiveEveryItemOfALargeStatusAndItsRoomBack() {
        final StatusReport report = answered(LARGE, room);
        assertEquals(LARGE, report.items());
        assertEquals(numbers(LARGE), read(report, 7));
        assertEquals(0, room.taken());
        report.close();
        assertEquals(0, room.taken());
    }

    @Test
    void shouldRefuseAStatusThatTakesMoreThanThereIsAndGiveTheRoomBack() {
        final StatusRoom small = StatusRoom.forOne(10 * 1024);
        final StatusReport report = answered(LARGE, small);
        assertThrows(StatusException.class, report::isReady);
        assertEquals(0, small.taken());
    }

    @Test
    void shouldHaveRoomForATenantWhenAnotherHasTakenAllItCan() {
        final StatusRoom shared = new StatusRoom(512 * 1024, 64 * 1024);
        final List<StatusReport> greedy = takeAll(1, shared);
        assertTrue(shared.taken() > 32 * 1024 && shared.taken() <= 64 * 1024, () -> "taken: " + shared.taken());
        try (StatusReport other = answered(2, 100, shared)) {
            assertEquals(numbers(100), read(other, 101));
        }
        greedy.forEach(StatusReport::close);
        assertEquals(0, shared.taken());
    }

    @Test
    void shouldGiveATenantTheSameWhateverTheOthersHave() {
        final StatusRoom shared = new StatusRoom(512 * 1024, 64 * 1024);
        final List<StatusReport> all = new ArrayList<>();
        for (int tenant = 1; tenant <= 8; tenant++) {
            final List<StatusReport> own = takeAll(tenant, shared);
            all.addAll(own);
            assertEquals(all.size(), own.size() * tenant, "tenant " + tenant + " could count what the others have");
        }
        all.forEach(StatusReport::close);
        assertEquals(0, shared.taken());
    }

    @Test
    void shouldGiveTheRoomBackOfAStatusThatItsReaderHasLost() {
        final StatusRoom shared = new StatusRoom(512 * 1024, 64 * 1024);
        loseAll(shared);
        for (int tries = 0; tries < 1_000 && shared.taken() > 0; tries++) {
            System.gc();
        }
        assertEquals(0, shared.taken());
        final List<StatusReport> again = takeAll(1, shared);
        assertTrue(again.size() > 1);
        for (int tries = 0; tries < 3; tries++) {
            System.gc();
        }
        assertTrue(shared.taken() > 0, "nobody has lost these");
        again.forEach(StatusReport::close);
        assertEquals(0, shared.taken());
    }

    @Test
    void shouldRefuseToReadNothing() {
        try (StatusReport report = answered(SMALL, room)) {
            assertThrows(IllegalArgumentException.class, () -> report.read((buffer, record) -> { }, 0));
            assertEquals(numbers(SMALL), read(report, 3));
        }
    }

    @Test
    void shouldGiveTheOperatorAllThatIsLeftAndAStatusThatIsAloneAllThereIs() {
        final StatusRoom shared = new StatusRoom(400 * 1024, 50 * 1024);
        try (StatusReport report = answered(Filter.EVERY_TENANT, LARGE, shared)) {
            assertTrue(shared.taken() > 200 * 1024);
            assertEquals(LARGE, report.items());
        }
        try (StatusReport report = answered(1, LARGE, StatusRoom.forOne(400 * 1024))) {
            assertEquals(LARGE, report.items());
        }
    }

    /** In a call of its own, which leaves no reference behind. */
    private static void loseAll(final StatusRoom room) {
        assertTrue(takeAll(1, room).size() > 1);
        assertTrue(room.taken() > 0);
    }

    private static List<StatusReport> takeAll(final int tenant, final StatusRoom room) {
        final List<StatusReport> reports = new ArrayList<>();
        boolean isTaken = true;
        while (isTaken) {
            reports.add(answered(tenant, 100, room));
            isTaken = isTaken(reports.get(reports.size() - 1));
        }
        return reports;
    }

    private static boolean isTaken(final StatusReport report) {
        try {
            return report.isReady();
        } catch (final StatusException refused) {
            assertTrue(refused.getMessage().contains("and a tenant no more than "), refused.getMessage());
            return false;
        }
    }

    private static List<Long> numbers(final int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static StatusReport answered(final int items, final StatusRoom room) {
        return answered(1, items, room);
    }

    private static StatusReport answered(final int tenant, final int items, final StatusRoom room) {
        final Filter filter = Filter.EVERY_TENANT == tenant ? Filter.ofEveryTenant() : Filter.ofTenant(tenant);
        final StatusReport report = new StatusReport(filter, room);
        report.answer(new Items(items));
        return report;
    }

    private static List<Long> read(final StatusReport report, final int limit) {
        assertTrue(report.isReady());
        final List<Long> since = new ArrayList<>();
        final SnapshotItemDecoder item = new SnapshotItemDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final EventHandler handler = new EventHandler() {
            @Override
            public void onEvent(final DirectBuffer buffer, final int record) {
                throw new AssertionError("a status has items only");
            }

            @Override
            public void onSnapshotItem(final DirectBuffer buffer, final int offset, final int length) {
                item.wrapAndApplyHeader(buffer, offset, header);
                since.add(item.since());
            }
        };
        int count = limit;
        while (count == limit) {
            count = report.read(handler, limit);
        }
        return since;
    }

    /** Sessions of one tenant, numbered by their time. */
    private record Items(int count) implements ItemSource {
        @Override
        public long position() {
            return 7;
        }

        @Override
        public boolean items(final int tenant, final SignalSink sink) {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
            final SnapshotItemEncoder item = new SnapshotItemEncoder();
            boolean isTaken = true;
            for (int i = 0; i < count && isTaken; i++) {
                item.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).tenant(tenant).kind(Kind.SESSION).since(i);
                item.nativeId("1").callId("1").localUser("101").remoteParty("").remoteName("").group("").sourceName("").coveredBy("");
                isTaken = sink.offer(buffer, 0, SignalLayout.HEADER_LENGTH + item.encodedLength());
            }
            return isTaken;
        }

        @Override
        public boolean userItems(final int tenant, final DirectBuffer user, final SignalSink sink) {
            throw new AssertionError("not asked for");
        }
    }
}

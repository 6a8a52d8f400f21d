package io.strowger.router.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.RingBuffer;
import io.strowger.codecs.SignalLayout;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Which channel gives how much of a turn.
 */
class ChannelRoundTest {
    private static final int SLOTS = 256;
    private static final int SLOT_LENGTH = 512;

    private final RingBuffer<Slot> ring = RingBuffer.createSingleProducer(
        () -> new Slot(new UnsafeBuffer(new byte[SLOT_LENGTH]), 0, SLOT_LENGTH), SLOTS);
    private final IngressPublisher publisher = new IngressPublisher(ring);
    private final RouterState state = new RouterState(thrown -> { });
    private final ChannelRound round = new ChannelRound(4, 4);
    private final List<Channel> channels = new ArrayList<>();
    private long published;

    @Test
    void shouldBeginTheNextTurnWithWhoGotNothingOfThisOne() {
        open(3, 8);
        assertEquals(List.of(0L, 0L, 0L, 0L), turn());
        assertEquals(List.of(1L, 1L, 1L, 1L), turn());
        assertEquals(List.of(2L, 2L, 2L, 2L), turn());
        assertEquals(List.of(0L, 0L, 0L, 0L), turn());
        assertFalse(round.isEmpty());
        turn();
        turn();
        assertTrue(round.isEmpty());
        assertEquals(List.of(), turn());
    }

    @Test
    void shouldTakeNoMoreThanThereIsRoomFor() {
        open(2, 3);
        assertEquals(2, round.drain(publisher, 2, false));
        assertEquals(0, round.drain(publisher, 0, false));
        assertFalse(round.isEmpty());
    }

    @Test
    void shouldGoOnWithTheOthersWhenOneHasEnded() {
        open(3, 2);
        channels.get(0).close();
        assertEquals(List.of(0L, 0L, 1L, 1L), turn());
        assertEquals(List.of(2L, 2L), turn());
        channels.get(1).close();
        channels.get(2).close();
        turn();
        assertTrue(round.hasNone());
    }

    private void open(final int count, final int signals) {
        for (int i = 0; i < count; i++) {
            final RejectRecords rejects = new RejectRecords(1, SLOT_LENGTH, SystemNanoClock.INSTANCE, null);
            final Channel channel = new Channel(4096, SLOT_LENGTH, (buffer, offset, length) -> 0, state, Waker.NONE,
                new RouterCounters(), rejects);
            channels.add(channel);
            round.add(channel);
            final ExpandableArrayBuffer signal = new ExpandableArrayBuffer();
            for (int sent = 0; sent < signals; sent++) {
                assertTrue(channel.offer(signal, 0, new EventSignal().sequence(i).encode(signal)) > 0);
            }
        }
    }

    /** The source sequences, one for each channel, of what this turn has moved. */
    private List<Long> turn() {
        final int count = round.drain(publisher, SLOTS, false);
        publisher.publish();
        final List<Long> moved = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moved.add(SignalLayout.sourceSequence(ring.get(published++).buffer(), 0));
        }
        return moved;
    }
}

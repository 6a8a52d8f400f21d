package io.strowger.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import io.strowger.router.status.RouterCounters;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A context is checked once, serves once, and prints itself.
 */
class RouterContextTest {
    @Test
    void shouldServeOneLaunchOnlyWhenUsedAgain() {
        final RouterContext context = Routers.invoker(new MemoryJournal());
        Router.launch(context).close();
        assertThrows(IllegalStateException.class, () -> Router.launch(context));
    }

    @Test
    void shouldRefuseTheLaunchWhenThereIsNoJournal() {
        assertThrows(IllegalStateException.class, () -> Router.launch(new RouterContext()));
    }

    @Test
    void shouldRefuseAValueWhenItIsOutOfItsRange() {
        assertRefused(context -> context.ringCapacity(1000));
        assertRefused(context -> context.ringCapacity(8));
        assertRefused(context -> context.ringCapacity(1 << 30));
        assertRefused(context -> context.slotLength(1000));
        assertRefused(context -> context.slotLength(0));
        assertRefused(context -> context.slotLength(1 << 20));
        assertRefused(context -> context.blockSizeLimit(-1));
        assertRefused(context -> context.sessionCapacity(-1));
        assertRefused(context -> context.userCapacity(-1));
        assertRefused(context -> context.groupCapacity(-1));
        assertRefused(context -> context.sourceCapacity(-1));
        assertRefused(context -> context.channelCapacityBytes(4096));
        assertRefused(context -> context.channelCapacityBytes(100_000));
        assertRefused(context -> context.windowCapacityBytes(1024));
        assertRefused(context -> context.subscriptionCapacity(0));
        assertRefused(context -> context.closeTimeoutNs(0));
    }

    @Test
    void shouldPrintWhatItSetsWhenPrinted() {
        final String text = Routers.invoker(new MemoryJournal()).ringCapacity(64).sessionCapacity(7).toString();
        assertTrue(text.contains("threadingMode=INVOKER"), text);
        assertTrue(text.contains("ringCapacity=64 slots"), text);
        assertTrue(text.contains("sessionCapacity=7"), text);
    }

    @Test
    void shouldRefuseToBeTurnedWhenTheRouterHasThreads() {
        try (Router router = Router.launch(new RouterContext().journal(new MemoryJournal()).threadingMode(ThreadingMode.SHARED))) {
            assertThrows(IllegalStateException.class, router::poll);
        }
    }

    @Test
    void shouldNameEveryReturnCodeWhenPrinted() {
        assertEquals("OK(3)", ReturnCode.toString(3));
        assertEquals("BACK_PRESSURED", ReturnCode.toString(ReturnCode.BACK_PRESSURED));
        assertEquals("CLOSED", ReturnCode.toString(ReturnCode.CLOSED));
        assertEquals("NEEDS_CATCH_UP", ReturnCode.toString(ReturnCode.NEEDS_CATCH_UP));
        assertEquals("REJECTED(7)", ReturnCode.toString(ReturnCode.rejected(7)));
        assertEquals("UNKNOWN(-50)", ReturnCode.toString(-50));
        assertEquals(0, ReturnCode.rejectReason(ReturnCode.CLOSED));
    }

    @Test
    void shouldKeepEveryCounterApartWhenReadFromItsBuffer() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[RouterCounters.BUFFER_LENGTH]);
        final RouterCounters counters = new RouterCounters(buffer);
        final Set<Integer> ids = new HashSet<>();
        for (final RouterCounter counter : RouterCounter.values()) {
            assertTrue(ids.add(counter.id()));
            counters.add(counter, counter.id() + 1);
            counters.addAtomic(counter);
            counters.proposeMax(counter, 1);
        }
        for (final RouterCounter counter : RouterCounter.values()) {
            assertEquals(counter.id() + 2, counters.get(counter));
            assertEquals(counter.id() + 2, buffer.getLong(counter.id() * RouterCounters.COUNTER_LENGTH));
            assertTrue(counters.toString().contains(counter.label() + "=" + (counter.id() + 2)));
        }
    }

    private static void assertRefused(final UnaryOperator<RouterContext> setting) {
        final RouterContext context = setting.apply(new RouterContext().journal(new MemoryJournal()).threadingMode(ThreadingMode.INVOKER));
        assertThrows(IllegalArgumentException.class, () -> Router.launch(context));
    }
}

package io.strowger.router.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Kind;
import io.strowger.router.fixture.Blocks;
import io.strowger.router.fixture.EventSignal;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.record.BlockLayout;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Which events a filter lets pass, and which blocks it lets be skipped.
 */
class FilterTest {
    private final EventSignal event = new EventSignal().tenant(7).user("102").group("support").ids("n1", "c1");

    @Test
    void shouldPassOnlyTheTenantsEventsWhenNothingElseIsNamed() {
        assertTrue(passes(Filter.ofTenant(7)));
        assertFalse(passes(Filter.ofTenant(8)));
        assertTrue(passes(Filter.ofEveryTenant()));
        assertThrows(IllegalArgumentException.class, () -> Filter.ofTenant(Filter.EVERY_TENANT));
    }

    @Test
    void shouldPassWhatIsAboutAnyOfTheNamesWhenSomeAreNamed() {
        assertTrue(passes(Filter.ofTenant(7).withUser("102")));
        assertFalse(passes(Filter.ofTenant(7).withUser("10")));
        assertFalse(passes(Filter.ofTenant(7).withUser("103")));
        assertFalse(passes(Filter.ofTenant(8).withUser("102")));
        assertTrue(passes(Filter.ofTenant(7).withUser("103").withGroup("support")));
        assertTrue(passes(Filter.ofTenant(7).withSession("n1")));
        assertFalse(passes(Filter.ofTenant(7).withSession("c1")));
        assertTrue(passes(Filter.ofTenant(7).withCall("c1")));
        assertTrue(passes(Filter.ofTenant(7).withSource("pbx-1")));
        assertFalse(passes(Filter.ofTenant(7).withSource("pbx-2")));
        assertThrows(IllegalArgumentException.class, () -> Filter.ofTenant(7).withUser(""));
    }

    @Test
    void shouldRefuseOneNameMoreThanAFilterTakes() {
        Filter filter = Filter.ofTenant(7);
        for (int i = 0; i < Filter.MAX_NAMES; i++) {
            filter = 0 == i % 2 ? filter.withUser("u" + i) : filter.withGroup("g" + i);
        }
        final Filter full = filter;
        assertEquals(Filter.MAX_NAMES, full.subjects().length);
        final IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> full.withCall("c1"));
        assertTrue(thrown.getMessage().contains(Integer.toString(Filter.MAX_NAMES)), thrown.getMessage());
    }

    @Test
    void shouldPassTheTypesAndKindsNamedWhenSomeAreNamed() {
        event.type(EventType.CALL_CLEARED);
        assertTrue(passes(Filter.ofTenant(7).withType(EventType.CALL_CLEARED)));
        assertFalse(passes(Filter.ofTenant(7).withType(EventType.CALL_HELD)));
        assertTrue(passes(Filter.ofTenant(7).withType(EventType.CALL_HELD).withKind(Kind.SESSION)));
        assertFalse(passes(Filter.ofTenant(7).withKind(Kind.USER)));
        assertFalse(passes(Filter.ofTenant(7).withKind(Kind.SESSION).withUser("103")));
        event.type(EventType.GROUP_READY);
        assertTrue(passes(Filter.ofTenant(7).withKind(Kind.GROUP)));
        event.type(EventType.ACTION_RESULT);
        assertTrue(passes(Filter.ofTenant(7).withKind(Kind.ACTION)));
        event.type(EventType.USER_LOGGED_OUT);
        assertTrue(passes(Filter.ofTenant(7).withKind(Kind.USER)));
    }

    @Test
    void shouldPassUnmappedEventsOnlyWhenTheyAreAskedFor() {
        event.type(EventType.SOURCE_OTHER);
        assertFalse(passes(Filter.ofTenant(7)));
        assertFalse(passes(Filter.ofTenant(7).withKind(Kind.SOURCE)));
        assertTrue(passes(Filter.ofTenant(7).withType(EventType.SOURCE_OTHER)));
    }

    @Test
    void shouldPassARestartWhateverNamesAreAskedForUnlessSessionsAreLeftOut() {
        event.type(EventType.SOURCE_RESTARTED).user("").group("");
        assertTrue(passes(Filter.ofTenant(7).withUser("999")));
        assertTrue(passes(Filter.ofTenant(7).withType(EventType.CALL_CLEARED)));
        assertTrue(passes(Filter.ofTenant(7).withType(EventType.SOURCE_RESTARTED)));
        assertFalse(passes(Filter.ofTenant(7).withKind(Kind.GROUP)));
        assertFalse(passes(Filter.ofTenant(8).withUser("999")));
    }

    @Test
    void shouldNeverSkipABlockWhenAnEventInItPasses() {
        final MemoryJournal journal = new MemoryJournal();
        final Blocks blocks = new Blocks(journal);
        for (int i = 0; i < 20; i++) {
            blocks.add(event.tenant(i % 5).user("u" + i).group("g" + i), 1);
        }
        blocks.append();
        final UnsafeBuffer block = journal.block(0);
        for (int i = 0; i < 20; i++) {
            assertTrue(Filter.ofTenant(i % 5).mayMatchBlock(block, 0));
            assertTrue(Filter.ofTenant(i % 5).withUser("u" + i).mayMatchBlock(block, 0));
            assertTrue(Filter.ofTenant(i % 5).withUser("nobody").withGroup("g" + i).mayMatchBlock(block, 0));
            assertTrue(Filter.ofTenant(i % 5).withCall("any").mayMatchBlock(block, 0));
        }
        assertTrue(Filter.ofEveryTenant().withUser("nobody").mayMatchBlock(block, 0));
    }

    @Test
    void shouldSkipMostBlocksWhenNothingInThemPasses() {
        final MemoryJournal journal = new MemoryJournal();
        final Blocks blocks = new Blocks(journal);
        for (int i = 0; i < 10; i++) {
            blocks.add(event.tenant(7).user("u" + i), 1);
        }
        blocks.append();
        int kept = 0;
        for (int i = 0; i < 1_000; i++) {
            kept += Filter.ofTenant(7).withUser("other" + i).mayMatchBlock(journal.block(0), 0) ? 1 : 0;
        }
        assertTrue(kept < 50, "kept " + kept);
    }

    @Test
    void shouldKeepTheBlockWhenItHoldsARestartThatPassesForItsNames() {
        final MemoryJournal journal = new MemoryJournal();
        new Blocks(journal).add(event.type(EventType.SOURCE_RESTARTED).user("").group(""), 1).append();
        assertTrue(Filter.ofTenant(7).withUser("999").mayMatchBlock(journal.block(0), 0));
    }

    @Test
    void shouldSayWhatItAsksForWhenPrinted() {
        assertEquals("tenant=7, user=102, group=support, types=[CALL_HELD]",
            Filter.ofTenant(7).withUser("102").withGroup("support").withType(EventType.CALL_HELD).toString());
        assertEquals("every tenant", Filter.ofEveryTenant().toString());
    }

    private boolean passes(final Filter filter) {
        final MemoryJournal journal = new MemoryJournal();
        new Blocks(journal).add(event, 1).append();
        return filter.matches(new EventView().wrap(journal.block(0), BlockLayout.HEADER_LENGTH));
    }
}

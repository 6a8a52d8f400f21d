package io.strowger.ops.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.log.Heard;
import io.strowger.ops.node.CapturedFacts;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.status.RouterCounter;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomWatchTest {
    @TempDir
    private Path folder;

    private long nowMs;

    @Test
    void shouldSayOnceAMinuteHowManySignalsFoundNoRoomAndWhatIsTaken() {
        final List<UnsafeBuffer> facts = facts();
        try (ChronicleJournal journal = journal(); Router router = router(journal, 1);
            RoomWatch watch = new RoomWatch(router, journal.limits(), () -> nowMs); Heard heard = Heard.all()) {
            final Channel channel = router.openChannel();
            watch.look(nowMs);
            assertNull(watch.warning());
            int fed = 0;
            String warning = null;
            while (null == warning || !warning.contains("1 of 1 sessions")) {
                feed(router, channel, facts.get(fed++));
                nowMs += RoomWatch.COUNT_MS;
                watch.look(nowMs);
                warning = watch.warning();
            }
            while (fed < facts.size()) {
                feed(router, channel, facts.get(fed++));
            }
            assertTrue(watch.warning().startsWith("signals were refused since the start because a table of the router was full: ")
                && watch.warning().contains(" LegSeen"), watch.warning());
            assertEquals(1, heard.lines().size(), heard.lines() + ", and no more within a minute");
            nowMs += RoomWatch.TELL_MS;
            watch.look(nowMs);
            nowMs += RoomWatch.TELL_MS;
            watch.look(nowMs);
            assertEquals(List.of("WARNING " + watch.warning()), heard.lines().subList(1, heard.lines().size()));
            final SimpleMeterRegistry registry = new SimpleMeterRegistry();
            watch.bindTo(registry);
            assertTrue(registry.get("strowger.room.refused").functionCounter().count() > 0);
            assertEquals(1, registry.get("strowger.room.limit").tag("table", "sessions").gauge().value());
            assertEquals(1, registry.get("strowger.room.taken").tag("table", "sources").gauge().value());
        }
    }

    @Test
    void shouldSayHowManyKeysOfActionsWereForgottenBeforeTheirTime() {
        try (ChronicleJournal journal = journal(); Router router = router(journal, 64);
            RoomWatch watch = new RoomWatch(router, journal.limits(), () -> nowMs); Heard heard = Heard.all()) {
            router.counters().set(RouterCounter.ACTIONS_FORGOTTEN_EARLY, 7);
            watch.look(nowMs);
            assertEquals("keys of actions were forgotten before their time since the start, for want of room: 7", watch.warning());
            assertEquals(List.of("WARNING " + watch.warning()), heard.lines());
        }
    }

    @Test
    void shouldSayNothingWhereThereIsRoom() {
        final List<UnsafeBuffer> facts = facts();
        try (ChronicleJournal journal = journal(); Router router = router(journal, 64);
            RoomWatch watch = new RoomWatch(router, journal.limits(), () -> nowMs); Heard heard = Heard.all()) {
            final Channel channel = router.openChannel();
            facts.forEach(fact -> feed(router, channel, fact));
            watch.look(nowMs);
            turn(router);
            watch.look(nowMs);
            final SimpleMeterRegistry registry = new SimpleMeterRegistry();
            watch.bindTo(registry);
            assertEquals(1, registry.get("strowger.room.taken").tag("table", "sources").gauge().value(), "it has counted");
            assertTrue(registry.get("strowger.room.taken").tag("table", "users").gauge().value() > 0, "all that there are");
            assertEquals(0, registry.get("strowger.room.refused").functionCounter().count());
            assertNull(watch.warning());
            assertEquals(List.of(), heard.lines());
        }
    }

    @Test
    void shouldCountNoRefusalsOnceItIsClosedWhileTheRouterGoesOn() {
        final List<UnsafeBuffer> facts = facts();
        try (ChronicleJournal journal = journal(); Router router = router(journal, 1)) {
            final RoomWatch watch = new RoomWatch(router, journal.limits(), () -> nowMs);
            final SimpleMeterRegistry registry = new SimpleMeterRegistry();
            watch.bindTo(registry);
            watch.look(nowMs);
            watch.close();
            watch.close();
            final Channel channel = router.openChannel();
            facts.forEach(fact -> feed(router, channel, fact));
            assertTrue(router.counters().get(RouterCounter.REFUSED) > 0, "some found no room");
            assertEquals(0, registry.get("strowger.room.refused").functionCounter().count(), "and its tap is gone");
        }
    }

    private ChronicleJournal journal() {
        return ChronicleJournal.open(new ChronicleJournalContext().directory(folder.resolve("journal")));
    }

    private List<UnsafeBuffer> facts() {
        return CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("01-answered-call")));
    }

    private static Router router(final ChronicleJournal journal, final int sessions) {
        return Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER).ringCapacity(64)
            .sessionCapacity(sessions));
    }

    private static void feed(final Router router, final Channel channel, final UnsafeBuffer fact) {
        assertTrue(channel.offer(fact, 0, fact.capacity()) >= 0);
        turn(router);
    }

    private static void turn(final Router router) {
        int idle = 0;
        while (idle < 2) {
            idle = 0 == router.poll() ? idle + 1 : 0;
        }
    }
}

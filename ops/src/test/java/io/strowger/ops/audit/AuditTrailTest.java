package io.strowger.ops.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.AuditKind;
import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.access.AccessGate;
import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.FloodException;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.config.JournalConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.node.RunningRouter;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.persistence.ChronicleJournalContext;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.journal.Journal;
import io.strowger.router.status.RouterCounter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
    private static final Credential CRM = new Credential("crm", 3, null, null, false, new CredentialLimits(1, 1, 1));
    private static final String ADDRESS = "10.0.0.9";

    @TempDir
    private Path folder;

    private long nowNs = 1_700_000_000_000_000_000L;

    @Test
    void shouldKeepWhoDidWhatFromWhereForTailAloneToShow() throws Exception {
        try (RunningRouter running = open(); AuditTrail trail = new AuditTrail(running.router(), () -> nowNs)) {
            final AccessGate gate = new AccessGate(Credentials.builder().add(Tokens.hash("good"), Credentials.NEVER, CRM).build(),
                () -> nowNs / 1_000_000, trail);
            final Admitted caller = gate.admit("good", ADDRESS);
            caller.note(AuditKind.STREAM_OPENED, "user=101");
            assertNull(gate.admit("geheim", "10.0.0.66"));
        }
        final List<String> kept = kept();
        assertEquals(List.of("stream-opened 1 3 crm 10.0.0.9 user=101",
            "refused 1 -1  10.0.0.66 a token that is none, or none any more"), kept);
        assertTrue(kept.stream().noneMatch(line -> line.contains("geheim")));
        assertEquals(List.of(), Run.of("tail", folder.toString(), "--format", "json").lines(), "no event");
    }

    @Test
    void shouldCountAFloodRatherThanFillTheJournal() throws Exception {
        try (RunningRouter running = open(); AuditTrail trail = new AuditTrail(running.router(), () -> nowNs)) {
            final AccessGate gate = new AccessGate(Credentials.builder().build(), () -> nowNs / 1_000_000, trail);
            assertNull(gate.admit("none", ADDRESS));
            for (int i = 1; i < 1_000; i++) {
                flood(gate);
            }
            nowNs += 1_000_000_000;
            flood(gate);
        }
        final List<String> kept = kept();
        assertEquals(12, kept.size(), kept.toString());
        final String each = "refused 1 -1  10.0.0.9 a token that is none, or none any more";
        assertEquals(10, kept.subList(0, 10).stream().filter(each::equals).count());
        assertEquals("refused 990 -1   further ones within a second", kept.get(10));
    }

    @Test
    void shouldTellHowManyFurtherOnesCameWithinASecondThoughNobodyComesAnyMore() throws Exception {
        try (RunningRouter running = open(); AuditTrail trail = new AuditTrail(running.router(), () -> nowNs)) {
            for (int i = 0; i < 30; i++) {
                trail.note(AuditKind.REFUSED, null, ADDRESS, "no token");
            }
            trail.tell();
            final long before = running.router().lastSequence();
            nowNs += 1_000_000_000;
            trail.tell();
            trail.tell();
            await(running, before);
        }
        assertEquals(11, kept().size());
        assertEquals("refused 20 -1   further ones within a second", kept().get(10));
    }

    @Test
    void shouldTellWhatWasNotKeptOnceThereIsRoomThoughNobodyComesAnyMore() throws Exception {
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER));
             AuditTrail trail = new AuditTrail(router, () -> nowNs)) {
            final long notes = noteUntilFull(router, trail);
            turn(router);
            final long before = router.lastSequence();
            trail.tell();
            turn(router);
            assertEquals(before + 1, router.lastSequence(), "the count, though nobody comes");
            trail.tell();
            turn(router);
            assertEquals(before + 1, router.lastSequence(), "once");
            assertAllAreCounted(notes);
        }
    }

    @Test
    void shouldTellWhatWasNotKeptWhenItStops() throws Exception {
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER))) {
            final AuditTrail trail = new AuditTrail(router, () -> nowNs);
            final long notes = noteUntilFull(router, trail);
            final Thread closing = new Thread(trail::close, "closing");
            closing.start();
            while (closing.isAlive()) {
                turn(router);
            }
            turn(router);
            assertAllAreCounted(notes);
        }
    }

    /** Returns how many it has noted, of which some found no room. */
    private static long noteUntilFull(final Router router, final AuditTrail trail) {
        long notes = 0;
        while (router.counters().get(RouterCounter.CHANNEL_FULL) < 20) {
            trail.note(AuditKind.OPERATED, CRM, ADDRESS, "/operator/" + notes);
            notes++;
        }
        return notes;
    }

    private void assertAllAreCounted(final long notes) throws Exception {
        final List<String> all = kept();
        final List<String> counts = all.stream().filter(line -> line.startsWith("not-kept ")).toList();
        final long lost = counts.stream().mapToLong(line -> Long.parseLong(line.split(" ", 3)[1])).sum();
        assertTrue(lost > 2, "lost " + lost);
        assertEquals(notes, all.size() - counts.size() + lost);
        assertTrue(all.get(all.size() - 1).startsWith("not-kept "), all.get(all.size() - 1));
    }

    private static void turn(final Router router) {
        for (int turns = 0; turns < 1_000; turns++) {
            assertTrue(router.poll() >= 0);
        }
    }

    private static void await(final RunningRouter running, final long before) {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (running.router().lastSequence() <= before) {
            assertTrue(System.nanoTime() < untilNs, "nothing was told");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldTellOnceAnHourWhoReadsTheMetrics() throws Exception {
        try (RunningRouter running = open(); AuditTrail trail = new AuditTrail(running.router(), () -> nowNs)) {
            for (int i = 0; i < 8 * 60; i++) {
                trail.note(AuditKind.OPERATED, CRM, ADDRESS, "/operator/metrics");
                nowNs += 15_000_000_000L;
            }
        }
        assertEquals(List.of("operated 1 3 crm 10.0.0.9 /operator/metrics", "operated 1 3 crm 10.0.0.9 /operator/metrics"), kept());
    }

    @Test
    void shouldTellWhoReadsTheMetricsWithTheNextTimeWhenThereWasNoRoom() throws Exception {
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER));
             AuditTrail trail = new AuditTrail(router, () -> nowNs)) {
            final long notes = noteUntilFull(router, trail);
            final String last = "/operator/" + (notes - 1);
            turn(router);
            trail.note(AuditKind.OPERATED, CRM, ADDRESS, last);
            trail.note(AuditKind.OPERATED, CRM, ADDRESS, last);
            turn(router);
            assertEquals(1, kept().stream().filter(line -> line.endsWith(" " + last)).count());
        }
    }

    @Test
    void shouldRememberWhoReadsAgainAmongMany() throws Exception {
        try (Journal journal = ChronicleJournal.open(new ChronicleJournalContext().directory(folder));
             Router router = Router.launch(new RouterContext().journal(journal).threadingMode(ThreadingMode.INVOKER));
             AuditTrail trail = new AuditTrail(router, () -> nowNs)) {
            operated(router, trail, "/operator/metrics");
            operated(router, trail, "/operator/first");
            nowNs += 3_600_000_000_000L;
            operated(router, trail, "/operator/metrics");
            for (int i = 0; i < 999; i++) {
                operated(router, trail, "/operator/" + i);
            }
            operated(router, trail, "/operator/metrics");
            assertEquals(2, kept().stream().filter(line -> line.endsWith(" /operator/metrics")).count());
        }
    }

    private static void operated(final Router router, final AuditTrail trail, final String path) {
        trail.note(AuditKind.OPERATED, CRM, ADDRESS, path);
        for (int turns = 0; turns < 5; turns++) {
            assertTrue(router.poll() >= 0);
        }
    }

    @Test
    void shouldCountWhoCameSeveralTimesInOneRecord() throws Exception {
        try (RunningRouter running = open(); AuditTrail trail = new AuditTrail(running.router(), () -> nowNs)) {
            final AccessGate gate = new AccessGate(Credentials.builder().build(), () -> nowNs / 1_000_000, trail);
            for (int i = 0; i < 12; i++) {
                gate.refused(ADDRESS, "no token", 3);
            }
            gate.refusedUnknown("no TLS with it");
        }
        final List<String> kept = kept();
        assertEquals(10, kept.stream().filter("refused 3 -1  10.0.0.9 no token"::equals).count(), kept.toString());
        assertEquals("refused 7 -1   further ones within a second", kept.get(10));
    }

    @Test
    void shouldCutWhatIsTooLongBetweenTwoCharacters() throws Exception {
        try (RunningRouter running = open(); AuditTrail trail = new AuditTrail(running.router(), () -> nowNs)) {
            trail.note(AuditKind.OPERATED, CRM, ADDRESS, "a" + "é".repeat(1_000));
        }
        assertEquals(List.of("operated 1 3 crm 10.0.0.9 a" + "é".repeat(191)), kept());
    }

    private static void flood(final AccessGate gate) {
        try {
            assertNull(gate.admit("none", ADDRESS));
        } catch (final FloodException e) {
            assertNull(e.getCause(), "told to wait, and counted all the same");
        }
    }

    private RunningRouter open() {
        return RunningRouter.open(new ServerConfig(JournalConfig.in(folder.toString()), null, null, null, null, null, null),
            note -> { }, fault -> { }, (block, record) -> { });
    }

    @SuppressWarnings("unchecked")
    private List<String> kept() throws Exception {
        return JsonLines.parse(Run.of("tail", folder.toString(), "--raw", "--format", "json").lines()).stream()
            .map(line -> (Map<String, Object>)((Map<String, Object>)line.get("data")).get("signal"))
            .filter(signal -> "signal.audit".equals(signal.get("type")))
            .map(signal -> text((Map<String, Object>)signal.get("data"))).toList();
    }

    private static String text(final Map<String, Object> signal) {
        return signal.get("kind") + " " + signal.get("count") + " " + signal.get("tenant") + " " + signal.get("clientId") + " "
            + signal.get("address") + " " + signal.get("text");
    }
}

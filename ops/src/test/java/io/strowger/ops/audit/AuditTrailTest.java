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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            gate.replace(Credentials.builder().build());
        }
        final List<String> kept = kept();
        assertEquals(List.of("stream-opened 1 3 crm 10.0.0.9 user=101",
            "refused 1 -1  10.0.0.66 a token that is none, or none any more", "credentials-changed 1 -1   tokens: 0"), kept);
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
        return RunningRouter.open(new ServerConfig(new JournalConfig(folder.toString(), null), null, null, null, null, null, null),
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

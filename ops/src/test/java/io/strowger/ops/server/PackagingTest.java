package io.strowger.ops.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dashboard, alerts and runbook speak of metrics that a server shows. */
@Timeout(120)
class PackagingTest {
    private static final Path DASHBOARD = Path.of("packaging", "grafana-dashboard.json");
    private static final Path ALERTS = Path.of("packaging", "alerts.yaml");
    private static final Path RUNBOOK = Path.of("docs", "runbook.md");
    private static final Pattern METRIC = Pattern.compile("\\b(?:strowger|jvm|process|system)_[a-z_]+\\b");
    private static final long DEADLINE_S = 20;
    private static final String FURTHER = """
        sources:
          - {name: pbx-1, tenant: 1, dialect: ami, connect: {address: "127.0.0.1:1", login: {user: u, secret: s}}}
          - {name: edge, tenant: 1, dialect: kamailio, accept: {tokens: [{sha256: HASH}]}}
          - {name: switch, tenant: 1, dialect: sbe, accept: {tokens: [{sha256: OTHER}]}}
        webhooks:
          - {name: billing, tenant: 1, url: "http://127.0.0.1:1/", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
        """.replace("HASH", "ab".repeat(32)).replace("OTHER", "cd".repeat(32));

    @TempDir
    private Path folder;

    @Test
    void shouldNameOnlyMetricsThatAServerShows() throws Exception {
        final Set<String> named = new TreeSet<>();
        for (final Path each : List.of(DASHBOARD, ALERTS)) {
            METRIC.matcher(Files.readString(each)).results().map(MatchResult::group).forEach(named::add);
        }
        final List<String> families = METRIC.matcher(Files.readString(RUNBOOK)).results().map(MatchResult::group).toList();
        assertTrue(named.size() > 40, named.toString());
        try (OperatedServer server = new OperatedServer(folder, 0, FURTHER)) {
            System.gc();
            final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
            Set<String> missing = missing(named, server.metrics());
            // a garbage collection is told by the JVM a moment later
            while (!missing.isEmpty() && System.nanoTime() < untilNs) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                missing = missing(named, server.metrics());
            }
            assertEquals(Set.of(), missing);
            final List<String> lines = server.metrics().lines().toList();
            for (final String family : families) {
                assertTrue(lines.stream().anyMatch(line -> line.startsWith(family)), family);
            }
        }
    }

    @Test
    void shouldBeADashboardThatGrafanaTakes() throws IOException {
        final JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
        assertTrue(dashboard.get("schemaVersion").asInt() >= 36);
        assertEquals("datasource", dashboard.at("/templating/list/0/type").asText());
        final Set<Integer> ids = new TreeSet<>();
        for (final JsonNode panel : dashboard.get("panels")) {
            assertTrue(ids.add(panel.get("id").asInt()), "an id twice");
            final JsonNode place = panel.get("gridPos");
            assertTrue(place.get("x").asInt() + place.get("w").asInt() <= 24, panel.get("title").asText());
            for (final JsonNode target : panel.path("targets")) {
                assertEquals("${datasource}", target.at("/datasource/uid").asText());
                assertBalanced(target.get("expr").asText());
            }
        }
    }

    @Test
    void shouldLeadFromEachAlertToAPageOfTheRunbook() throws IOException {
        final List<String> pages = Files.readAllLines(RUNBOOK).stream().filter(line -> line.startsWith("## "))
            .map(line -> "ops/docs/runbook.md#" + line.substring(3).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-')).toList();
        final List<String> alerts = new ArrayList<>();
        for (final JsonNode rule : new YAMLMapper().readTree(Files.readString(ALERTS)).at("/groups/0/rules")) {
            alerts.add(rule.get("alert").asText());
            assertBalanced(rule.get("expr").asText());
            assertTrue(rule.at("/labels/severity").asText().matches("critical|warning"), rule.toString());
            assertTrue(pages.contains(rule.at("/annotations/runbook").asText()), rule.at("/annotations/runbook") + " is not in " + pages);
        }
        assertEquals(alerts.size(), new TreeSet<>(alerts).size());
    }

    private static Set<String> missing(final Set<String> named, final String scraped) {
        final Set<String> missing = new TreeSet<>(named);
        scraped.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("[ {]", 2)[0]).forEach(missing::remove);
        return missing;
    }

    private static void assertBalanced(final String expression) {
        int depth = 0;
        for (int i = 0; i < expression.length(); i++) {
            final char letter = expression.charAt(i);
            depth += "([{".indexOf(letter) >= 0 ? 1 : 0;
            depth -= ")]}".indexOf(letter) >= 0 ? 1 : 0;
            assertTrue(depth >= 0, expression);
        }
        assertEquals(0, depth, expression);
    }
}

package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.captures.EslCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whenever a connection comes, the call router is listed: what is gone ends, with the cause that is true. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResynchronisedTest {
    private static final int UPTIME_S = 1_000;
    private static final int BREAKS = 8;
    private static final List<String> LISTS = List.of(
        "QueueStatus", "ParkedCalls", "BridgeList", "PJSIPShowContacts", "Status", "CoreShowChannels");

    @TempDir
    private Path folder;

    @Test
    void shouldEndWhatIsNotListedWhenConnectionWasLostInCall() throws Exception {
        assertEquals(List.of("call.cleared not-in-snapshot", "call.cleared not-in-snapshot"), ends(reconnected(UPTIME_S)));
    }

    @Test
    void shouldEndAllAsRestartedWhenServerHasBootedAgain() throws Exception {
        final List<Map<String, Object>> events = reconnected(1);
        assertEquals(List.of("call.cleared source-restarted", "call.cleared source-restarted"), ends(events));
        assertTrue(Site.types(events, "source").contains("source.restarted"), Site.types(events, "source").toString());
    }

    /** An Asterisk whose call is up when the connection is dropped; behind that nothing is listed. */
    private List<Map<String, Object>> reconnected(final long uptimeS) throws Exception {
        final String whole = new Capture("01-answered-call").text("rx.raw");
        final byte[] call = whole.substring(whole.indexOf("Event: Newchannel"), whole.indexOf("Event: HangupRequest"))
            .getBytes(StandardCharsets.UTF_8);
        final long seed = System.nanoTime();
        System.err.println("seed " + seed);
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            wire.say(AmiServer.booted(UPTIME_S));
            awaitCommand(wire, "CoreShowChannels");
            wire.play(call, new Random(seed));
            wire.drop();
        }, wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            assertEquals(2, wire.commands().size(), "nothing is listed before the server has booted");
            wire.say(AmiServer.booted(uptimeS));
            wire.awaitGone();
        }); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port()));
            Site.await(() -> 2 == connector.health().connections() && ConnectorState.LIVE == connector.health().state(),
                () -> connector.health().toString());
            site.settle();
            connector.close();
            assertEquals(List.of(), pbx.faults());
            for (final Wire wire : pbx.wires()) {
                assertEquals(LISTS, wire.commands().stream().map(command -> AmiServer.field(command, "Action"))
                    .filter(LISTS::contains).toList());
            }
            assertEquals("on", AmiServer.field(pbx.wires().get(0).commands().get(1), "Events"));
            final List<Map<String, Object>> events = site.endAndTail();
            final List<String> types = Site.types(events, "source");
            assertEquals(List.of("source.resynchronised", "source.down"), types.subList(types.size() - 2, types.size()));
            return events;
        }
    }

    @Test
    void shouldEndWhatIsNotListedWhenFreeSwitchConnectionWasLostInCall() throws Exception {
        assertEquals(List.of("call.cleared not-in-snapshot", "call.cleared not-in-snapshot"), ends(reconnectedTo(null)));
    }

    @Test
    void shouldEndAllAsRestartedWhenFreeSwitchRunsAnew() throws Exception {
        assertEquals(List.of("call.cleared source-restarted", "call.cleared source-restarted"),
            ends(reconnectedTo("11111111-2222-3333-4444-555555555555")));
    }

    /** A FreeSWITCH whose call is up when the connection is dropped; behind that it is idle, in the same run or another. */
    private List<Map<String, Object>> reconnectedTo(final String otherRun) throws Exception {
        final EslCapture capture = EslCapture.unpack("01-answered", folder.resolve("capture"));
        final byte[] all = Files.readAllBytes(capture.connections(false).get(0));
        final String text = new String(all, StandardCharsets.ISO_8859_1);
        final byte[] call = Arrays.copyOfRange(all, text.indexOf("Content-Length"),
            text.lastIndexOf("Content-Length", text.indexOf("Event-Name: CHANNEL_HANGUP\n")));
        final int run = text.indexOf("Core-UUID: ") + "Core-UUID: ".length();
        final String firstRun = text.substring(run, text.indexOf('\n', run));
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            EslServer.login(wire);
            wire.answering(command -> EslServer.idle(command, firstRun));
            awaitCommand(wire, "show channels");
            wire.play(call, new Random(1));
            wire.drop();
        }, wire -> {
            EslServer.login(wire);
            wire.answering(command -> EslServer.idle(command, null == otherRun ? firstRun : otherRun));
            wire.awaitGone();
        }); Site site = new Site(folder.resolve("journal"))) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.ESL, pbx.port()));
            Site.await(() -> 2 == connector.health().connections() && ConnectorState.LIVE == connector.health().state(),
                () -> connector.health().toString());
            site.settle();
            connector.close();
            assertEquals(List.of(), pbx.faults());
            assertEquals(List.of("api status", "nixevent API", "api show calls as json", "api show channels as json", "exit"),
                pbx.wires().get(1).commands().subList(2, pbx.wires().get(1).commands().size()));
            return site.endAndTail();
        }
    }

    /** Fifty calls over a line that breaks again and again, in the middle of anything: each session that was ever seen ends once. */
    @Test
    void shouldLeaveNothingDanglingWhenLineBreaksManyTimes() throws Exception {
        final byte[] flood = new Capture("21-flood-50").bytes("rx.raw");
        final long seed = System.nanoTime();
        System.err.println("seed " + seed);
        final Random random = new Random(seed);
        final List<ScriptedPbx.Script> scripts = new ArrayList<>();
        for (int i = 0; i < BREAKS; i++) {
            final int from = flood.length / BREAKS * i;
            final byte[] slice = Arrays.copyOfRange(flood, from, from + random.nextInt(flood.length / BREAKS));
            scripts.add(wire -> {
                AmiServer.login(wire);
                wire.say(AmiServer.booted(UPTIME_S));
                wire.play(slice, random);
                wire.drop();
            });
        }
        scripts.add(wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            wire.say(AmiServer.booted(UPTIME_S));
            wire.awaitGone();
        });
        try (ScriptedPbx pbx = ScriptedPbx.listen(scripts.toArray(new ScriptedPbx.Script[0])); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port()));
            Site.await(connector, ConnectorState.LIVE);
            site.settle();
            connector.close();
            assertEquals(List.of(), pbx.faults());
            assertEquals(BREAKS + 1, connector.health().connections());
            final Map<String, List<String>> stories = Site.stories(site.endAndTail());
            final long sessions = stories.keySet().stream().filter(thing -> thing.startsWith("session")).count();
            assertTrue(sessions > BREAKS, stories.keySet().toString());
            stories.forEach((thing, story) -> {
                if (thing.startsWith("session")) {
                    assertEquals(1, story.stream().filter(event -> event.startsWith("call.cleared ")).count(), () -> thing + ": " + story);
                    assertTrue(story.get(story.size() - 1).startsWith("call.cleared "), () -> thing + ": " + story);
                }
            });
        }
    }

    /** A source that is used again by another connector, as behind a restart of this process: its numbers go on. */
    @Test
    void shouldCountOnWhenAnotherConnectorTakesOver() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            wire.say(AmiServer.booted(UPTIME_S));
            wire.awaitGone();
        }); Site site = new Site(folder)) {
            for (int i = 0; i < 2; i++) {
                try (Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port()))) {
                    Site.await(connector, ConnectorState.LIVE);
                    site.settle();
                }
            }
            assertEquals(List.of("source.up", "source.resynchronised", "source.down", "source.up", "source.resynchronised", "source.down"),
                Site.types(site.endAndTail(), "source"));
        }
    }

    private static void awaitCommand(final Wire wire, final String name) throws IOException {
        Site.await(() -> wire.commands().stream().anyMatch(command -> command.contains(name)), () -> wire.commands().toString());
    }

    private static List<String> ends(final List<Map<String, Object>> events) {
        return Site.types(events, "session", "cause").stream().filter(type -> type.startsWith("call.cleared")).toList();
    }
}

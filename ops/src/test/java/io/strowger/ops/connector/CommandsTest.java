package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Actions go out over a connection of their own, once, and their outcomes come back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommandsTest {
    private static final String LEG = "1795624196.21";
    private static final String UUID = "90d4b43f-6579-4736-9fd6-8c307dd3ce1f";
    private static final String RUN = "5ea302ca-021b-4409-b4ef-4e04797af045";
    private static final String NEWCHANNEL = "Event: Newchannel\r\nChannel: PJSIP/101-00000001\r\nChannelState: 4\r\nCallerIDNum: 101\r\n"
        + "Exten: 102\r\nUniqueid: " + LEG + "\r\nLinkedid: " + LEG + "\r\n\r\n";
    private static final String CREATED = EslServer.event("CHANNEL_CREATE", RUN, "Unique-ID: " + UUID + "\nCall-Direction: inbound\n"
        + "Caller-Caller-ID-Number: 101\nCaller-Destination-Number: 102\nChannel-Name: sofia/internal/101@127.0.0.1\n"
        + "Channel-Presence-ID: 101@127.0.0.1\n");

    @TempDir
    private Path folder;
    private final AtomicInteger commandLogins = new AtomicInteger();
    private final AtomicInteger hangUpsSoFar = new AtomicInteger();

    @Test
    void shouldHangUpOverSecondConnectionWhenAskedFor() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> asterisk(wire, this::succeed)); Site site = new Site(folder)) {
            live(site, Site.settings(ConnectorDialect.AMI, pbx.port()));
            assertEquals(List.of("DONE "), ask(site, "k-1"));
            assertEquals(List.of("Action: Hangup", "ActionID: ...", "Channel: " + LEG, "Cause: 16"),
                hangUps(pbx).get(0).lines().map(line -> line.startsWith("ActionID: ") ? "ActionID: ..." : line).toList());
            final Wire events = pbx.wires().stream().filter(wire -> wire.commands().stream().anyMatch(command ->
                command.contains("Events: on"))).findFirst().orElseThrow();
            assertTrue(events.commands().stream().noneMatch(command -> command.contains("Hangup")), "a connection of its own");
            assertEquals(List.of(), pbx.faults());
        }
    }

    /** The router's clock only goes on: where the machine's is set, they differ for a while. */
    @Test
    void shouldCarryOutActionsWhenMachinesClockWasSetAnHourAheadOfRouters() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> asterisk(wire, this::succeed)); Site site = new Site(folder,
            context -> context.epochNanoClock(() -> SystemEpochNanoClock.INSTANCE.nanoTime() - TimeUnit.HOURS.toNanos(1)))) {
            live(site, Site.settings(ConnectorDialect.AMI, pbx.port()));
            assertEquals(List.of("DONE "), ask(site, "k-1"));
        }
    }

    @Test
    void shouldEndAsFailedInServersWordsWhenItRefuses() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> asterisk(wire, (itsWire, command) -> itsWire.say(
            "Response: Error\r\nActionID: " + AmiServer.field(command, "ActionID") + "\r\nMessage: No such channel\r\n\r\n")));
            Site site = new Site(folder)) {
            live(site, Site.settings(ConnectorDialect.AMI, pbx.port()));
            assertEquals(List.of("FAILED No such channel"), ask(site, "k-1"));
        }
    }

    /** Heartbeats go on the connection of commands too, and are no reply to an action. */
    @Test
    void shouldNotTakeHeartbeatForReplyWhenActionWaits() throws Exception {
        final CountDownLatch isPinged = new CountDownLatch(3);
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> asterisk(wire, (itsWire, command) -> {
            isPinged.await();
            succeed(itsWire, command);
        }, isPinged)); Site site = new Site(folder)) {
            live(site, Site.settings(ConnectorDialect.AMI, pbx.port())
                .timings(ConnectorTimings.defaults().withHeartbeat(20, 60_000)));
            assertEquals(List.of("DONE "), ask(site, "k-1"));
        }
    }

    @Test
    void shouldEndAsUnknownAndSendNothingAgainWhenConnectionIsLost() throws Exception {
        final CountDownLatch mayReturn = new CountDownLatch(1);
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            if (hangUpsSoFar.get() > 0) {
                mayReturn.await();
            }
            asterisk(wire, (itsWire, command) -> {
                if (1 == hangUpsSoFar.incrementAndGet()) {
                    itsWire.drop();
                } else {
                    succeed(itsWire, command);
                }
            });
        }); Site site = new Site(folder)) {
            final Connector connector = live(site, Site.settings(ConnectorDialect.AMI, pbx.port()));
            assertEquals(List.of("UNKNOWN the connection was lost"), ask(site, "k-1"));
            Site.await(() -> ConnectorState.LOGGING_IN == connector.health().commandState(), () -> connector.health().toString());
            assertEquals(List.of("FAILED source takes no actions"), ask(site, "k-2"));
            assertEquals(ConnectorState.LIVE, connector.health().state(), "events go on");
            mayReturn.countDown();
            Site.await(() -> connector.health().isLive(), () -> connector.health().toString());
            assertEquals(List.of("UNKNOWN the connection was lost"), ask(site, "k-1"), "a repeat does nothing");
            assertEquals(List.of("DONE "), ask(site, "k-3"));
            assertEquals(2, hangUps(pbx).stream().distinct().count(), hangUps(pbx).toString());
            assertEquals(2, hangUps(pbx).size());
            assertEquals(2, commandLogins.get());
            assertEquals(List.of(), pbx.faults());
        }
    }

    @Test
    void shouldKillLegOverSecondConnectionWhenServerIsFreeSwitch() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(this::freeSwitch); Site site = new Site(folder)) {
            live(site, Site.settings(ConnectorDialect.ESL, pbx.port()));
            assertEquals(List.of("DONE "), askFor(site, "k-1", UUID));
            final List<String> kills = pbx.wires().stream().flatMap(wire -> wire.commands().stream())
                .filter(command -> command.startsWith("bgapi")).toList();
            assertEquals("bgapi uuid_kill " + UUID + " 16", kills.get(0).lines().findFirst().orElse(""));
            assertEquals(1, kills.size());
            assertEquals(List.of(), pbx.faults());
        }
    }

    private void freeSwitch(final Wire wire) throws IOException, InterruptedException {
        if (!EslServer.login(wire).contains("BACKGROUND_JOB")) {
            wire.answering(command -> command.contains("show channels") ? EslServer.idle(command, RUN) + CREATED
                : EslServer.idle(command, RUN));
        } else {
            final String command = wire.next();
            final String job = command.substring(command.indexOf("Job-UUID: ") + "Job-UUID: ".length()).strip();
            wire.say("Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + job + "\nJob-UUID: " + job + "\n\n");
            wire.say(EslServer.event("BACKGROUND_JOB", RUN, "Job-UUID: " + job + "\nContent-Length: 4\n\n+OK"));
        }
        wire.awaitGone();
    }

    private void asterisk(final Wire wire, final OnHangUp onHangUp) throws IOException, InterruptedException {
        asterisk(wire, onHangUp, new CountDownLatch(1));
    }

    private void asterisk(final Wire wire, final OnHangUp onHangUp, final CountDownLatch pinged)
        throws IOException, InterruptedException {
        if ("on".equals(AmiServer.login(wire))) {
            wire.answering(command -> command.contains("CoreShowChannels") ? AmiServer.idle(command) + NEWCHANNEL
                : AmiServer.idle(command));
            wire.say(AmiServer.booted(1_000));
        } else {
            commandLogins.incrementAndGet();
            wire.answering(command -> {
                if (command.contains("Ping")) {
                    pinged.countDown();
                }
                return AmiServer.idle(command);
            });
            final String command = wire.next();
            assertTrue(command.startsWith("Action: Hangup\n"), command);
            onHangUp.answer(wire, command);
        }
        wire.awaitGone();
    }

    private void succeed(final Wire wire, final String command) throws IOException {
        wire.say("Response: Success\r\nActionID: " + AmiServer.field(command, "ActionID") + "\r\nMessage: Channel Hungup\r\n\r\n");
    }

    private Connector live(final Site site, final ConnectorSettings settings) {
        final Connector connector = site.connect(settings.commands(true));
        Site.await(() -> connector.health().isLive(), () -> connector.health().toString());
        site.settle();
        return connector;
    }

    private static List<String> ask(final Site site, final String key) {
        return askFor(site, key, LEG);
    }

    /** Asks to hang up, and waits for the end. */
    private static List<String> askFor(final Site site, final String key, final String leg) {
        final List<String> ends = new ArrayList<>();
        try (ActionClient crm = site.router().openActions(ActionGrant.of("crm", Site.TENANT).withUsers("1*"))) {
            assertTrue(crm.hangUp(key, leg, null, 16) > 0);
            Site.await(() -> {
                crm.poll(answer -> {
                    if (answer.isFinal()) {
                        final ActionStatus status = answer.status();
                        ends.add(status + " " + (null == answer.text() ? "" : answer.text()));
                    }
                }, 1);
                return !ends.isEmpty();
            }, () -> "no answer");
        }
        return ends;
    }

    private static List<String> hangUps(final ScriptedPbx pbx) {
        return pbx.wires().stream().flatMap(wire -> wire.commands().stream())
            .filter(command -> command.startsWith("Action: Hangup")).toList();
    }

    /** What is done with a command. */
    @FunctionalInterface
    private interface OnHangUp {
        void answer(Wire wire, String command) throws IOException, InterruptedException;
    }
}

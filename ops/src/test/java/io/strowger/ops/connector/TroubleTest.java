package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Call routers that do not want us, say nothing, say something else, or go without a word. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TroubleTest {
    private static final String RUN = "5ea302ca-021b-4409-b4ef-4e04797af045";
    private static final int LONG_MS = 60_000;
    private static final ScriptedPbx.Script SILENT = Wire::awaitGone;

    @TempDir
    private Path folder;

    @Test
    void shouldSayWhyAndWaitLongestWhenManagerSecretIsWrong() throws Exception {
        checkRefused(Site.settings(ConnectorDialect.AMI, 1), "refused: Authentication failed", wire -> {
            AmiServer.login(wire);
        });
    }

    @Test
    void shouldSayWhyAndWaitLongestWhenEventSocketPasswordIsWrong() throws Exception {
        checkRefused(Site.settings(ConnectorDialect.ESL, 1), "refused: -ERR invalid", wire -> {
            EslServer.login(wire);
        });
    }

    @Test
    void shouldSayWhyWhenEventSocketLetsAddressNotIn() throws Exception {
        checkRefused(Site.settings(ConnectorDialect.ESL, 1), "refused: Access Denied, go away.", wire -> {
            wire.say("Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n");
            wire.awaitGone();
        });
    }

    private void checkRefused(final ConnectorSettings like, final String reason, final ScriptedPbx.Script script) throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(script); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(like.dialect(), pbx.port())
                .login("router", "wrong").timings(ConnectorTimings.defaults().withBackOff(1, LONG_MS)));
            Site.await(connector, ConnectorState.REFUSED);
            assertEquals(reason, connector.health().failure());
            assertEquals(0, connector.health().connections());
            connector.close();
            assertEquals(ConnectorState.STOPPED, connector.health().state());
            assertEquals(1, pbx.accepted());
            assertEquals(List.of(), site.endAndTail());
        }
    }

    @Test
    void shouldTryLaterAndLaterWhenNobodyListens() throws Exception {
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, port)
                .timings(ConnectorTimings.defaults().withBackOff(LONG_MS, LONG_MS)));
            Site.await(connector, ConnectorState.BACKING_OFF);
            assertTrue(connector.health().failure().contains("refused"), connector.health().toString());
            assertFalse(connector.health().isLive());
        }
    }

    @Test
    void shouldGiveUpLoginWhenServerSaysNothing() throws Exception {
        for (final ConnectorDialect dialect : List.of(ConnectorDialect.AMI, ConnectorDialect.ESL)) {
            try (ScriptedPbx pbx = ScriptedPbx.listen(SILENT); Site site = new Site(folder.resolve(dialect.word()))) {
                final Connector connector = site.connect(Site.settings(dialect, pbx.port())
                    .timings(ConnectorTimings.defaults().withLogin(1_000, 80).withBackOff(1, 1)));
                Site.await(() -> pbx.accepted() > 2, () -> connector.health().toString());
                assertTrue(connector.health().failure().startsWith("no login within 80 ms"), connector.health().toString());
                assertEquals(0, connector.health().connections());
                assertEquals(List.of(), pbx.faults());
            }
        }
    }

    @Test
    void shouldSayWhatItHeardWhenOtherSideIsSomethingElse() throws Exception {
        checkBroken(ConnectorDialect.AMI, "SSH-2.0-OpenSSH_9.2\r\n", "no Asterisk manager: it says SSH-2.0-OpenSSH_9.2");
        checkBroken(ConnectorDialect.AMI, "\r\n", "no Asterisk manager: it says nothing");
        checkBroken(ConnectorDialect.ESL, "HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n", "no FreeSWITCH event socket: it says ");
        checkBroken(ConnectorDialect.KAMAILIO, "Asterisk Call Manager/9.0.0\r\n", "no evapi: what comes is no netstring");
    }

    private void checkBroken(final ConnectorDialect dialect, final String said, final String reason) throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            wire.say(said);
            wire.awaitGone();
        }); Site site = new Site(folder.resolve(dialect.word() + said.length()))) {
            final Connector connector = site.connect(Site.settings(dialect, pbx.port())
                .timings(ConnectorTimings.defaults().withBackOff(LONG_MS, LONG_MS)));
            Site.await(connector, ConnectorState.BACKING_OFF);
            assertTrue(connector.health().failure().startsWith(reason), connector.health().failure());
        }
    }

    @Test
    void shouldComeLaterAndLaterWhenServerLetsInAndCloses() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(AmiServer::login); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port())
                .timings(ConnectorTimings.defaults().withBackOff(20, LONG_MS)));
            Site.await(() -> pbx.wires().size() > 4, () -> connector.health().toString());
            for (int i = 1; i <= 4; i++) {
                final long waitedMs = pbx.wires().get(i).openedMs() - pbx.wires().get(i - 1).openedMs();
                final long leastMs = 10L << (i - 1);
                // the clock of the test may be a millisecond off
                assertTrue(waitedMs >= leastMs - 1, "try " + i + " came after " + waitedMs + " ms");
            }
            final List<String> types = Site.types(site.endAndTail(), "source");
            assertEquals(List.of("source.up", "source.down", "source.up", "source.down"), types.subList(0, 4));
        }
    }

    @Test
    void shouldConnectAgainWhenManagerAnswersNoHeartbeat() throws Exception {
        checkHalfOpen(ConnectorDialect.AMI, "Action: Ping", wire -> {
            AmiServer.login(wire);
            wire.answering(command -> command.contains("Ping") ? null : AmiServer.idle(command));
            wire.say(AmiServer.booted(100));
            wire.awaitGone();
        });
    }

    @Test
    void shouldConnectAgainWhenEventSocketAnswersNoHeartbeat() throws Exception {
        checkHalfOpen(ConnectorDialect.ESL, "api status", wire -> {
            EslServer.login(wire);
            wire.say(EslServer.event("HEARTBEAT", RUN, ""));
            wire.answering(command -> "api status".equals(command) ? null : EslServer.idle(command, RUN));
            wire.awaitGone();
        });
    }

    private void checkHalfOpen(final ConnectorDialect dialect, final String heartbeat, final ScriptedPbx.Script script) throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(script); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(dialect, pbx.port())
                .timings(ConnectorTimings.defaults().withHeartbeat(80, 80).withBackOff(1, 1)));
            Site.await(() -> connector.health().connections() > 2, () -> connector.health().toString());
            assertTrue(pbx.wires().get(0).commands().stream().anyMatch(command -> command.startsWith(heartbeat)),
                pbx.wires().get(0).commands().toString());
            final List<String> types = Site.types(site.endAndTail(), "source");
            assertEquals(List.of("source.up", "source.down"), types.stream().filter(type -> !type.contains("sync")).limit(2).toList());
        }
    }

    /** Its events and heartbeats go on all the while. */
    @Test
    void shouldConnectAndAskAgainWhenAManagerEndsAListNever() throws Exception {
        checkEndless(ConnectorDialect.AMI, "Action: CoreShowChannels", wire -> {
            AmiServer.login(wire);
            wire.answering(command -> command.contains("CoreShowChannels") ? null : AmiServer.idle(command));
            wire.say(AmiServer.booted(100));
            wire.awaitGone();
        });
    }

    @Test
    void shouldConnectAndAskAgainWhenAnEventSocketAnswersAListNever() throws Exception {
        checkEndless(ConnectorDialect.ESL, "api show channels", wire -> {
            EslServer.login(wire);
            wire.say(EslServer.event("HEARTBEAT", RUN, ""));
            final AtomicBoolean isStuck = new AtomicBoolean();
            // one reply behind the other: what comes behind the list is not answered either
            wire.answering(command -> {
                isStuck.compareAndSet(false, command.startsWith("api show channels"));
                return isStuck.get() ? null : EslServer.idle(command, RUN);
            });
            wire.awaitGone();
        });
    }

    private void checkEndless(final ConnectorDialect dialect, final String list, final ScriptedPbx.Script script) throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(script); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(dialect, pbx.port())
                .timings(ConnectorTimings.defaults().withLists(200).withHeartbeat(20, LONG_MS).withBackOff(1, 1)));
            Site.await(() -> connector.health().connections() > 2, () -> connector.health().toString());
            assertTrue(pbx.wires().get(1).commands().stream().anyMatch(command -> command.startsWith(list)),
                pbx.wires().get(1).commands().toString());
            assertFalse(connector.health().isLive());
            final List<String> types = Site.types(site.endAndTail(), "source");
            assertFalse(types.contains("source.resynchronised"), types.toString());
            assertEquals(List.of("source.up", "source.down", "source.up"), types.subList(0, 3));
        }
    }

    @Test
    void shouldStayConnectedAndDisturbNothingWhenHeartbeatsAreAnswered() throws Exception {
        try (ScriptedPbx ami = ScriptedPbx.listen(wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            wire.say(AmiServer.booted(100));
            wire.awaitGone();
        }); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, ami.port())
                .timings(ConnectorTimings.defaults().withHeartbeat(20, LONG_MS)));
            Site.await(connector, ConnectorState.LIVE);
            final long before = connector.health().understood();
            Site.await(() -> ami.wires().get(0).commands().stream().filter(command -> command.contains("Ping")).count() > 4,
                () -> ami.wires().get(0).commands().toString());
            Site.await(() -> connector.health().understood() > before, () -> connector.health().toString());
            assertTrue(connector.health().isLive());
            assertNull(connector.health().failure());
            connector.close();
            assertEquals(1, ami.accepted());
            assertTrue(ami.wires().get(0).commands().stream().anyMatch(command -> command.startsWith("Action: Logoff")));
            assertEquals(List.of("source.up", "source.resynchronised", "source.down"), Site.types(site.endAndTail(), "source"));
        }
    }

    @Test
    void shouldSayWhatItWaitsForWhenServerNeverTellsSinceWhenItRuns() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            AmiServer.login(wire);
            wire.awaitGone();
        }); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port())
                .timings(ConnectorTimings.defaults().withLogin(1_000, 200)));
            Site.await(() -> null != connector.health().failure() && ConnectorState.LISTING == connector.health().state(),
                () -> connector.health().toString());
            assertTrue(connector.health().failure().startsWith("no FullyBooted yet"), connector.health().failure());
        }
    }

    @Test
    void shouldBeLiveAndComplainWhenListsAreDenied() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            AmiServer.login(wire);
            wire.answering(command -> "Response: Error\r\nActionID: " + AmiServer.field(command, "ActionID")
                + "\r\nMessage: Permission denied\r\n\r\n");
            wire.say(AmiServer.booted(100));
            wire.awaitGone();
        }); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port()));
            Site.await(connector, ConnectorState.LIVE);
            assertTrue(connector.health().failure().endsWith("CoreShowChannels: Permission denied"), connector.health().failure());
        }
    }

    @Test
    void shouldStopWhenRouterIsClosed() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            AmiServer.login(wire);
            wire.answering(AmiServer::idle);
            wire.say(AmiServer.booted(100));
            wire.awaitGone();
        }); Site site = new Site(folder)) {
            final Connector connector = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port()).commands(true)
                .timings(ConnectorTimings.defaults().withLogin(1_000, 80)));
            Site.await(connector, ConnectorState.LIVE);
            site.router().close();
            Site.await(connector, ConnectorState.STOPPED);
            assertEquals("the router is closed", connector.health().failure());
            final Connector late = site.connect(Site.settings(ConnectorDialect.AMI, pbx.port()));
            Site.await(() -> "the router is closed".equals(late.health().failure()), () -> late.health().toString());
        }
    }

    @Test
    void shouldTellMisuseWhenSettingsOrOrderAreWrong() throws IOException {
        final ConnectorSettings settings = new ConnectorSettings("pbx", 1, ConnectorDialect.AMI, "127.0.0.1", 1);
        assertThrows(IllegalArgumentException.class, () -> settings.login("a\r\nAction: Command", "b"));
        assertThrows(IllegalArgumentException.class, () -> settings.login("a", "b\n"));
        assertThrows(IllegalArgumentException.class, () -> settings.spillLimit(1));
        assertThrows(IllegalArgumentException.class,
            () -> new ConnectorSettings("k", 1, ConnectorDialect.KAMAILIO, "127.0.0.1", 1).commands(true));
        assertThrows(IllegalArgumentException.class, () -> new ConnectorSettings("", 1, ConnectorDialect.AMI, "127.0.0.1", 1));
        assertThrows(IllegalArgumentException.class, () -> new ConnectorSettings("x", 1, ConnectorDialect.AMI, "127.0.0.1", 65_536));
        assertThrows(IllegalArgumentException.class, () -> ConnectorTimings.defaults().withBackOff(2, 1));
        assertFalse(settings.login("u", "hush").toString().contains("hush"));
        final Vertx vertx = Vertx.vertx();
        try (Site site = new Site(folder)) {
            assertThrows(IllegalArgumentException.class, () -> new Connector(vertx, site.router(),
                new ConnectorSettings("pbx", 1, ConnectorDialect.AMI, "127.0.0.1", 1)));
            final Connector connector = new Connector(vertx, site.router(), settings);
            assertEquals(ConnectorState.STOPPED, connector.health().state());
            connector.close();
            assertThrows(IllegalStateException.class, connector::start);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}

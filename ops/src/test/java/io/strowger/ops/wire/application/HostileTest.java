package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.application.ActDecoder;
import io.strowger.codecs.sbe.application.ActRefusedDecoder;
import io.strowger.codecs.sbe.application.MessageHeaderDecoder;
import io.strowger.codecs.sbe.application.PongDecoder;
import io.strowger.codecs.sbe.application.RefusedDecoder;
import io.strowger.codecs.sbe.application.Start;
import io.strowger.codecs.sbe.application.StreamEndDecoder;
import io.strowger.codecs.sbe.application.SubscribeDecoder;
import io.strowger.codecs.sbe.application.SubscribedDecoder;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.gateway.EventSource;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.wire.Opening;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.ops.wire.OpeningKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who sends nonsense, nothing, or reads nothing, beside one who does everything right. */
@Timeout(120)
class HostileTest {
    private static final System.Logger LOG = System.getLogger(HostileTest.class.getName());
    private static final int PEERS = 200;
    private static final int MESSAGES = 20;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingOfAGoodClientWhateverOthersSend() throws Exception {
        final long seed = new Random().nextLong();
        LOG.log(System.Logger.Level.INFO, () -> "seed " + seed);
        final Random random = new Random(seed);
        try (LiveWire wire = open(ApplicationGateway.LIMITS); ApplicationClient good = wire.client(LiveGateway.OWNER)) {
            final Recorder recorder = new Recorder();
            good.subscribe(StreamOrder.all().type("sms"), recorder);
            recorder.awaitOpen();
            for (int i = 0; i < PEERS; i++) {
                try (RawWire bad = 0 == i % 4 ? new RawWire(wire.port()) : RawWire.open(wire.port(), LiveGateway.OTHER_TENANT)) {
                    sendNonsense(bad, random);
                } catch (final IOException sentAway) {
                    // it was
                }
                wire.messages("gw", 1, MESSAGES, "102");
            }
            assertEquals(LongStream.rangeClosed(1, PEERS * MESSAGES).boxed().toList(),
                recorder.take(PEERS * MESSAGES).stream().map(Recorder.Seen::number).toList(), () -> "seed " + seed);
            assertEquals(1, recorder.opens(), () -> "seed " + seed);
        }
    }

    private static void sendNonsense(final RawWire bad, final Random random) throws IOException {
        for (int k = 0; k < 30; k++) {
            final RequestWriter frame = switch (random.nextInt(6)) {
                case 0 -> bad.writer().subscribe(random.nextInt(4), random.nextInt(), StreamOrder.all().user("102").type("call"),
                    Start.STATUS, "");
                case 1 -> bad.writer().askStatus(random.nextInt(4), 100, StreamOrder.all().group("g"));
                case 2 -> bad.writer().credit(random.nextInt(4), random.nextInt());
                case 3 -> bad.writer().act(random.nextLong(), ActTest.sms("k"));
                case 4 -> bad.writer().unsubscribe(random.nextInt(4));
                default -> bad.writer().ping(random.nextLong());
            };
            final byte[] bytes = frame.bytes().clone();
            final int first = 0 == random.nextInt(10) ? 0 : 4;
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[first + random.nextInt(frame.length() - first)] = (byte)random.nextInt();
            }
            bad.send(bytes, 0 == random.nextInt(20) ? random.nextInt(frame.length()) : frame.length());
        }
    }

    @Test
    void shouldSendAwayWhoSaysNothingOrTooMuch() throws Exception {
        final GatewayLimits hasty = new GatewayLimits(3, 100, 1_000, Duration.ofMillis(300), Duration.ofSeconds(60), Duration.ofSeconds(3));
        try (LiveWire wire = open(hasty)) {
            try (RawWire silent = new RawWire(wire.port())) {
                assertEquals(OpeningAnswer.TOO_LATE, silent.word(), "no opening");
            }
            try (RawWire silent = RawWire.open(wire.port(), LiveGateway.OWNER)) {
                assertEquals(OpeningAnswer.TOO_LATE, silent.word(), "no sign of life");
            }
            try (RawWire wrong = RawWire.open(wire.port(), LiveGateway.OWNER)) {
                wrong.send(new byte[] {0, 0, 0, 127, 1}, 5);
                assertEquals(OpeningAnswer.BAD_FRAME, wrong.word(), "a frame that is too long");
            }
            try (RawWire wrong = RawWire.open(wire.port(), LiveGateway.OWNER)) {
                for (int i = 0; i < 20; i++) {
                    wrong.send(new byte[] {2, 0, 0, 0, 1, 2}, 6);
                }
                assertEquals(OpeningAnswer.BAD_FRAME, wrong.word(), "twenty errors");
            }
            assertNotEquals(OpeningAnswer.OPENED, opening(wire, LiveGateway.EXPIRED));
        }
    }

    @Test
    void shouldSayOfWhatItIsThatIsNotUnderstood() throws Exception {
        try (LiveWire wire = open(ApplicationGateway.LIMITS); RawWire peer = RawWire.open(wire.port(), LiveGateway.OWNER)) {
            peer.send(peer.writer().subscribe(7, 1, StreamOrder.all(), Start.NOW, ""));
            assertEquals(SubscribedDecoder.TEMPLATE_ID, peer.template());
            peer.send(peer.writer().subscribe(7, 1, StreamOrder.all(), Start.NOW, ""));
            assertEquals("stream 7", refused(peer));
            peer.send(peer.writer().askStatus(-9, 1, StreamOrder.all()));
            assertEquals("stream -9", refused(peer));
            peer.send(peer.writer().credit(7, -1));
            assertEquals("stream 7", refused(peer));
            StreamOrder names = StreamOrder.all().user("a");
            for (int i = 1; i < 100; i++) {
                names = names.user("a");
            }
            final RequestWriter many = peer.writer().subscribe(8, 1, names, Start.NOW, "");
            // one more than there are: what is cut off is about the stream all the same
            many.bytes()[4 + 8 + SubscribeDecoder.BLOCK_LENGTH + 2]++;
            peer.send(many);
            assertEquals("stream 8", refused(peer));
            final RequestWriter act = peer.writer().act(77, ActTest.sms("k"));
            act.bytes()[4 + 8 + ActDecoder.BLOCK_LENGTH + 1] = 127;
            peer.send(act);
            assertEquals("ask 77", refused(peer));
            peer.send(new byte[] {2, 0, 0, 0, 1, 2}, 6);
            assertEquals("stream -1", refused(peer));
        }
    }

    private static String refused(final RawWire peer) throws IOException {
        final UnsafeBuffer frame = peer.frame();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (ActRefusedDecoder.TEMPLATE_ID == header.wrap(frame, 0).templateId()) {
            return "ask " + new ActRefusedDecoder().wrapAndApplyHeader(frame, 0, header).ask();
        }
        return "stream " + new RefusedDecoder().wrapAndApplyHeader(frame, 0, header).stream();
    }

    @Test
    void shouldCountQuestionsAndStreamsByTheRateOfTheCredential() throws Exception {
        final int rate = 20;
        final String token = Tokens.create();
        try (LiveWire wire = open(ApplicationGateway.LIMITS)) {
            wire.json().gate().replace(Credentials.builder().add(Tokens.hash(token), Credentials.NEVER,
                new Credential("eager", 1, new ReadGrant("*", "*"), null, false, new CredentialLimits(50, rate, 1))).build());
            try (RawWire first = RawWire.open(wire.port(), token); RawWire second = RawWire.open(wire.port(), token)) {
                final long sinceNs = System.nanoTime();
                for (int i = 0; i < 2 * rate; i++) {
                    first.send(first.writer().askStatus(i, 100, StreamOrder.all()));
                    second.send(second.writer().subscribe(i, 100, StreamOrder.all(), Start.NOW, ""));
                    second.send(second.writer().unsubscribe(i));
                }
                int ends = 0;
                while (ends < 2 * rate) {
                    ends += StreamEndDecoder.TEMPLATE_ID == second.template() ? 1 : 0;
                }
                assertTrue(System.nanoTime() - sinceNs > Duration.ofSeconds(3).toNanos(), "both connections have one rate");
                assertEquals(429, wire.json().get("/status", token).statusCode(), "and so does HTTP");
            }
        }
    }

    @Test
    void shouldReadLaterWhatIsAboveTheRateAndCountNobodyAsRefused() throws Exception {
        final int pings = 1_500;
        try (LiveWire wire = open(ApplicationGateway.LIMITS); RawWire eager = RawWire.open(wire.port(), LiveGateway.OWNER)) {
            for (int i = 0; i < pings; i++) {
                eager.send(eager.writer().ping(i));
            }
            for (int i = 0; i < pings; i++) {
                assertEquals(PongDecoder.TEMPLATE_ID, eager.template());
            }
            assertEquals(0, wire.limited());
        }
    }

    @Test
    void shouldSendAwayWhoHasWaitedTheLongestForOneTooMany() throws Exception {
        final GatewayLimits few = new GatewayLimits(3, 100, 1_000, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(3));
        try (LiveWire wire = open(few)) {
            try (RawWire one = new RawWire(wire.port()); RawWire two = new RawWire(wire.port()); RawWire three = new RawWire(wire.port());
                RawWire four = new RawWire(wire.port())) {
                assertEquals(OpeningAnswer.TOO_MANY, one.word());
                for (final RawWire each : List.of(two, three, four)) {
                    assertEquals(OpeningAnswer.TOO_LATE, each.word());
                }
            }
        }
    }

    @Test
    void shouldLetInWhoOpensHoweverManySayNothing() throws Exception {
        final GatewayLimits few =
            new GatewayLimits(4, 100, 64 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(3));
        final List<RawWire> silent = new ArrayList<>();
        try (LiveWire wire = open(few); RawWire first = RawWire.open(wire.port(), LiveGateway.OWNER);
            RawWire second = RawWire.open(wire.port(), LiveGateway.OTHER_TENANT)) {
            for (int i = 0; i < 30; i++) {
                silent.add(new RawWire(wire.port()));
            }
            RawWire.open(wire.port(), LiveGateway.ONLY_102).close();
            assertEquals(200, wire.json().get("/status", LiveGateway.OWNER).statusCode(), "HTTP has the same room, and finds some");
            for (int i = 0; i < 30; i++) {
                silent.add(new RawWire(wire.port()));
            }
            for (final RawWire open : List.of(first, second)) {
                open.send(open.writer().ping(1));
                assertEquals(PongDecoder.TEMPLATE_ID, open.template(), "who is open is kept");
            }
            for (final RawWire each : silent) {
                each.close();
            }
        }
    }

    @RepeatedTest(3)
    void shouldCountTheConnectionsOfBothGatewaysTogether() throws Exception {
        final GatewayLimits few =
            new GatewayLimits(2, 100, 64 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(3));
        try (LiveWire wire = open(few); RawWire first = RawWire.open(wire.port(), LiveGateway.OWNER)) {
            try (EventSource events = new EventSource(wire.json(), "/events", LiveGateway.OWNER, null)) {
                wire.json().hello("gw", 1);
                assertEquals("/gw", events.take().data().getString("source"));
                assertEquals(2, wire.connections());
                try (RawWire third = new RawWire(wire.port())) {
                    assertEquals(OpeningAnswer.TOO_MANY, third.word(), "both are of use");
                }
                first.send(first.writer().ping(1));
                assertEquals(PongDecoder.TEMPLATE_ID, first.template());
            }
        }
    }

    @Test
    void shouldCutOffWhoTakesNothingAndKeepOthersGoing() throws Exception {
        final GatewayLimits limits =
            new GatewayLimits(10, 100, 1_000, Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(3));
        try (LiveWire wire = open(limits); RawWire slow = RawWire.open(wire.port(), LiveGateway.OWNER);
            ApplicationClient good = wire.client(LiveGateway.OWNER)) {
            slow.send(slow.writer().subscribe(1, Integer.MAX_VALUE, StreamOrder.all(), Start.NOW, ""));
            assertEquals(30, slow.template());
            final Recorder recorder = new Recorder();
            good.subscribe(StreamOrder.all().type("sms"), recorder);
            recorder.awaitOpen();
            int sent = 0;
            // what both systems hold for it is megabytes
            while (wire.json().gate().streams() > 2 && sent < 500_000) {
                wire.messages("gw", 1, 10_000, "102");
                sent += 10_000;
            }
            while (wire.json().gate().streams() > 2) {
                Thread.onSpinWait();
            }
            assertEquals(sent, recorder.take(sent).get(sent - 1).number());
            assertEquals(1, recorder.opens(), "never cut off itself");
        }
    }

    private static OpeningAnswer opening(final LiveWire wire, final String token) throws IOException {
        try (RawWire peer = new RawWire(wire.port())) {
            peer.send(peer.writer().opening(Opening.frame(OpeningKind.APPLICATION, token)));
            return peer.word();
        }
    }

    private LiveWire open(final GatewayLimits limits) {
        return new LiveWire(folder.resolve("journal"), limits);
    }
}

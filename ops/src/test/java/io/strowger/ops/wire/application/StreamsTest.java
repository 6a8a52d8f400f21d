package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.application.Policy;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.gateway.EventSource;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.node.CapturedFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of events over SBE. */
@Timeout(120)
class StreamsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBringTheSameEventsAsJson() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER);
            EventSource json = new EventSource(wire.json(), "/events", LiveGateway.OWNER, null)) {
            final Recorder sbe = new Recorder();
            client.subscribe(StreamOrder.all(), sbe);
            sbe.awaitOpen();
            wire.json().feed(facts("02-busy", "06-blind-transfer", "01-answered-call"));
            final List<Recorder.Seen> seen = sbe.until("call.cleared", 7);
            assertTrue(seen.size() > 30, () -> "too few: " + seen.size());
            assertEquals(json.take(seen.size()).stream().map(EventSource.Message::data).toList(),
                seen.stream().map(Recorder.Seen::event).toList(), "also numbers, positions, session ids and what is derived");
            assertEquals(IntStream.rangeClosed(1, seen.size()).mapToObj(Long::valueOf).toList(),
                seen.stream().map(Recorder.Seen::number).toList());
        }
    }

    @Test
    void shouldBringOnlyWhatIsAskedFor() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            final Recorder calls = new Recorder();
            final Recorder user = new Recorder();
            client.subscribe(StreamOrder.all().type("call.cleared"), calls);
            client.subscribe(StreamOrder.all().user("102"), user);
            calls.awaitOpen();
            user.awaitOpen();
            wire.json().feed(facts("02-busy"));
            assertEquals(List.of("call.cleared", "call.cleared"), calls.take(2).stream().map(Recorder.Seen::type).toList());
            assertTrue(user.until("call.cleared", 1).stream().allMatch(seen -> "102".equals(seen.of("localUser"))));
            assertTrue(calls.isQuiet());
        }
    }

    @Test
    void shouldBringNoMoreThanTheCreditAndEverythingInTheEnd() throws Exception {
        try (LiveWire wire = open(); RawWire peer = RawWire.open(wire.port(), LiveGateway.OWNER);
            ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            peer.send(peer.writer().subscribe(1, 3, StreamOrder.all().type("sms"), StreamOrder.all().start(), ""));
            assertEquals(30, peer.template(), "Subscribed");
            final Recorder byHand = new Recorder();
            final ApplicationStream stream = client.subscribe(StreamOrder.all().type("sms").creditByHand(2), byHand);
            byHand.awaitOpen();
            wire.messages("gw", 1, 10, "102");
            for (int i = 0; i < 3; i++) {
                assertEquals(31, peer.template(), "StreamEvent");
            }
            peer.send(peer.writer().ping(7));
            assertEquals(40, peer.template(), "Pong: nothing comes without credit");
            peer.send(peer.writer().credit(1, 2));
            assertEquals(31, peer.template());
            assertEquals(31, peer.template());
            peer.send(peer.writer().unsubscribe(1));
            assertEquals(36, peer.template(), "StreamEnd");
            assertEquals(2, byHand.take(2).size());
            assertTrue(byHand.isQuiet());
            stream.credit(8);
            assertEquals(List.of(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), byHand.take(8).stream().map(Recorder.Seen::number).toList());
            stream.close();
            assertEquals(Why.UNSUBSCRIBED, byHand.end().why());
        }
    }

    @Test
    void shouldBeginWithTheStatusAndGoOnBehindIt() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            final List<UnsafeBuffer> facts = facts("01-answered-call");
            wire.json().feed(facts.subList(0, facts.size() - 4));
            for (final Policy policy : List.of(Policy.EVERY, Policy.LATEST, Policy.STRICT)) {
                final Recorder question = new Recorder();
                client.askStatus(StreamOrder.all().policy(policy), question);
                assertEquals(Why.COMPLETE, question.end().why());
                assertFalse(question.until("end", 1).stream().filter(seen -> "item".equals(seen.what())).toList().isEmpty());
            }
            final Recorder stream = new Recorder();
            client.subscribe(StreamOrder.all().type("call").withStatus().window(2), stream);
            assertEquals("begin", stream.take().what());
            final List<Recorder.Seen> items = stream.until("end", 1);
            final String position = items.get(items.size() - 1).position();
            final List<String> sessions = items.stream().filter(seen -> "item".equals(seen.what()) && seen.item().startsWith("SESSION"))
                .map(seen -> seen.item().substring("SESSION ".length())).sorted().toList();
            assertFalse(sessions.isEmpty());
            wire.json().feed(facts.subList(facts.size() - 4, facts.size()));
            final List<Recorder.Seen> live = stream.until("call.cleared", sessions.size());
            assertEquals(sessions, live.stream().filter(seen -> "call.cleared".equals(seen.type()))
                .map(seen -> (String)seen.of("nativeId")).sorted().toList());
            final Recorder again = new Recorder();
            client.subscribe(StreamOrder.all().type("call").behind(position), again);
            assertEquals(live.stream().map(Recorder.Seen::position).toList(),
                again.take(live.size()).stream().map(Recorder.Seen::position).toList());
        }
    }

    @Test
    void shouldTreatWhoReadsSlowlyAsItsPolicySays() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            final int many = 100_000;
            final Recorder strict = new Recorder();
            final Recorder every = new Recorder();
            final Recorder latest = new Recorder();
            final ApplicationStream cut =
                client.subscribe(StreamOrder.all().type("sms").policy(Policy.STRICT).creditByHand(10), strict);
            final ApplicationStream all = client.subscribe(StreamOrder.all().type("sms").creditByHand(10), every);
            final ApplicationStream last = client.subscribe(StreamOrder.all().policy(Policy.LATEST).type("call").creditByHand(1), latest);
            strict.awaitOpen();
            every.awaitOpen();
            latest.awaitOpen();
            wire.json().feed(facts("02-busy"));
            for (int i = 0; i < many / 10_000; i++) {
                wire.messages("gw", 1, 10_000, "102");
            }
            strict.take(10);
            cut.credit(many);
            final Recorder.End end = strict.end();
            assertEquals(Why.FELL_BEHIND, end.why());
            assertTrue(end.missed() > 0);
            assertTrue(strict.count() + 10 + end.missed() <= many, "what was not sent when it was cut off");
            every.take(10);
            all.credit(many);
            assertEquals(many, every.take(many - 10).get(many - 11).number(), "every event comes, later");
            for (int i = 0; i < 1_000 && every.lags().size() < 2; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertEquals(List.of(true, false), every.lags());
            last.credit(100);
            final List<Recorder.Seen> folded = latest.until("call.cleared", 2);
            assertTrue(folded.stream().mapToInt(Recorder.Seen::folded).sum() > 0, folded::toString);
        }
    }

    @Test
    void shouldTellWhatIsWrong() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            assertEquals("BAD_REQUEST there is no event type call.x", end(client, StreamOrder.all().type("call.x")));
            assertEquals("BAD_REQUEST that is no position of a stream of this application",
                end(client, StreamOrder.all().behind("AAAAAAAAAAAAAAAAAAAAAA")));
            final Recorder good = new Recorder();
            client.subscribe(StreamOrder.all(), good);
            good.awaitOpen();
        }
    }

    private static String end(final ApplicationClient client, final StreamOrder order) {
        final Recorder recorder = new Recorder();
        client.subscribe(order, recorder);
        final Recorder.End end = recorder.end();
        return end.why() + " " + end.text();
    }

    private LiveWire open() {
        return new LiveWire(folder.resolve("journal"), ApplicationGateway.LIMITS);
    }

    private List<UnsafeBuffer> facts(final String... captures) {
        return CapturedFacts.of(folder.resolve("captures"), Stream.of(captures).map(Capture::new).toList());
    }
}

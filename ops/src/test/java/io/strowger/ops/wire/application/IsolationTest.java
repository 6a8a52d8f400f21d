package io.strowger.ops.wire.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.codecs.sbe.application.Why;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.node.CapturedFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may see what over SBE. */
@Timeout(120)
class IsolationTest {
    @TempDir
    private Path folder;

    @Test
    void shouldShowNothingOfAnotherTenantNorCountIt() {
        try (LiveWire wire = open(); ApplicationClient mine = wire.client(LiveGateway.OWNER);
            ApplicationClient theirs = wire.client(LiveGateway.OTHER_TENANT)) {
            final Recorder first = new Recorder();
            final Recorder second = new Recorder();
            mine.subscribe(StreamOrder.all(), first);
            theirs.subscribe(StreamOrder.all(), second);
            first.awaitOpen();
            second.awaitOpen();
            wire.messages("ours", 1, 100, "102");
            wire.messages("theirs", 2, 3, "102");
            wire.messages("ours", 1, 100, "102");
            final List<Recorder.Seen> seen = second.take(4);
            assertEquals(List.of("source.up", "sms.received", "sms.received", "sms.received"),
                seen.stream().map(Recorder.Seen::type).toList());
            assertEquals(List.of(1L, 2L, 3L, 4L), seen.stream().map(Recorder.Seen::number).toList());
            seen.forEach(each -> assertEquals(2, each.of("tenant")));
            seen.forEach(each -> assertEquals(List.of(EventDecoder.sourceSequenceNullValue(), (long)EventDecoder.sourceNullValue()),
                each.blanks(), "the router's own numbers"));
            final Recorder.Seen last = first.take(201).get(200);
            assertTrue(second.isQuiet());
            final Recorder stolen = new Recorder();
            theirs.subscribe(StreamOrder.all().behind(last.position()), stolen);
            assertEquals(Why.BAD_REQUEST, stolen.end().why(), "a position of another tenant is like none");
        }
    }

    @Test
    void shouldLeaveTheRoutersNumbersOutOfAStatus() {
        try (LiveWire wire = open(); ApplicationClient mine = wire.client(LiveGateway.OWNER);
            ApplicationClient theirs = wire.client(LiveGateway.OTHER_TENANT)) {
            final List<UnsafeBuffer> facts =
                CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("01-answered-call")));
            wire.json().feed(facts.subList(0, facts.size() - 4));
            wire.json().hello("theirs", 2);
            final Recorder own = new Recorder();
            mine.askStatus(StreamOrder.all(), own);
            final List<Recorder.Seen> items = own.until("end", 1).stream().filter(seen -> "item".equals(seen.what())).toList();
            assertTrue(items.stream().anyMatch(seen -> seen.item().startsWith("SESSION")));
            items.forEach(seen -> assertEquals(List.of(SnapshotItemDecoder.sourceSequenceNullValue(),
                (long)SnapshotItemDecoder.sourceNullValue(), SnapshotItemDecoder.subscriptionNullValue(),
                SnapshotItemDecoder.positionNullValue()), seen.blanks()));
            final Recorder other = new Recorder();
            theirs.askStatus(StreamOrder.all(), other);
            assertEquals(List.of("SOURCE "), other.until("end", 1).stream().filter(seen -> "item".equals(seen.what()))
                .map(Recorder.Seen::item).toList());
        }
    }

    @Test
    void shouldShowOnlyWhatMayBeRead() {
        final String token = Tokens.create();
        try (LiveWire wire = open()) {
            wire.json().gate().replace(Credentials.builder().add(Tokens.hash(token), Credentials.NEVER,
                new Credential("desk", 1, new ReadGrant("102", ""), null, false, new CredentialLimits(2, 1_000, 1))).build());
            final ApplicationClient desk = wire.client(token);
            final Recorder recorder = new Recorder();
            final Recorder forbidden = new Recorder();
            final Recorder tooMany = new Recorder();
            desk.subscribe(StreamOrder.all(), recorder);
            recorder.awaitOpen();
            desk.subscribe(StreamOrder.all().user("101"), forbidden);
            assertEquals(Why.FORBIDDEN, forbidden.end().why());
            desk.subscribe(StreamOrder.all(), tooMany);
            assertEquals(Why.TOO_MANY, tooMany.end().why(), "the connection is one, too");
            wire.json().feed(CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("02-busy"))));
            assertTrue(recorder.until("call.cleared", 1).stream()
                .allMatch(seen -> "102".equals(seen.of("localUser")) || "source".equals(seen.of("kind"))));
            desk.close();
            assertEquals(Why.UNSUBSCRIBED, recorder.end().why());
        }
    }

    @Test
    void shouldEndWithinTwoSecondsWhenTheTokenIsTakenBack() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            final Recorder recorder = new Recorder();
            client.subscribe(StreamOrder.all(), recorder);
            recorder.awaitOpen();
            final long sinceNs = System.nanoTime();
            wire.json().gate().replace(Credentials.builder().build());
            assertEquals(Why.UNAUTHORIZED, recorder.end().why());
            assertTrue(System.nanoTime() - sinceNs < TimeUnit.SECONDS.toNanos(2));
            while (wire.json().gate().streams() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldGoOnWhereLimitsChangeAndComeAgainWhereOthersMayBeRead() {
        try (LiveWire wire = open(); ApplicationClient client = wire.client(LiveGateway.OWNER)) {
            final Recorder recorder = new Recorder();
            client.subscribe(StreamOrder.all(), recorder);
            recorder.awaitOpen();
            wire.messages("ours", 1, 1, "102");
            assertEquals(List.of("source.up", "sms.received"), recorder.take(2).stream().map(Recorder.Seen::type).toList());
            owner(wire, 1, new ReadGrant("*", "*"), 7);
            final long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
            while (System.nanoTime() < untilNs) {
                // who is to end is ended within a second
                LockSupport.parkNanos(10_000_000L);
            }
            assertEquals(1, recorder.opens(), "not ended");
            owner(wire, 1, new ReadGrant("101", ""), 7);
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (recorder.opens() < 2 && System.nanoTime() < deadlineNs) {
                LockSupport.parkNanos(10_000_000L);
            }
            assertEquals(2, recorder.opens(), "by itself, behind its last position");
            wire.messages("ours", 1, 1, "102");
            wire.messages("ours", 1, 1, "101");
            assertEquals("101", recorder.take().of("localUser"));
            owner(wire, 2, new ReadGrant("*", "*"), 7);
            assertEquals(Why.BAD_REQUEST, recorder.end().why(), "came again as another tenant, for whom that is no position");
            final Recorder theirs = new Recorder();
            client.subscribe(StreamOrder.all(), theirs);
            theirs.awaitOpen();
        }
    }

    private static void owner(final LiveWire wire, final int tenant, final ReadGrant read, final int streams) {
        wire.json().gate().replace(Credentials.builder().add(Tokens.hash(LiveGateway.OWNER), Credentials.NEVER,
            new Credential("owner", tenant, read, null, false, new CredentialLimits(streams, 1_000, 1))).build());
    }

    private LiveWire open() {
        return new LiveWire(folder.resolve("journal"), ApplicationGateway.LIMITS);
    }
}

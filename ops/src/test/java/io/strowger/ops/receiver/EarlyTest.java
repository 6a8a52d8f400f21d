package io.strowger.ops.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventType;
import io.strowger.ops.log.Heard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes before the router has taken its source is answered in time, and is not let pile up. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EarlyTest {
    private static final int MANY = 100;
    private static final int WAITING = 64;
    private static final int PHONES = 3;
    private static final int TURNS = 5;
    private static final long LINKED_MS = 1_500;
    private static final long ANSWER_MS = 2_000;
    private static final ReceiverLimits QUICK = limits(250);
    private static final ReceiverLimits SLOW = limits(ANSWER_MS);
    private static final ReceiverLimits PATIENT = limits(20_000);
    private static final ReceiverLimits LARGE = new ReceiverLimits(400, 400, 100, 64 * 1024, Duration.ofSeconds(15), Duration.ofSeconds(20),
        Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerInTimeWhenTheRouterDoesNotTakeTheSource() throws Exception {
        final StandStill still = new StandStill();
        try (Desk desk = new Desk(folder, QUICK, null, still); Caller first = new Caller(desk.port());
             Caller other = new Caller(desk.port())) {
            stand(still, other);
            final long beganNs = System.nanoTime();
            final String answer = first.say(Caller.get("/" + Desk.FLEET + "?user=111&event=registered")).answer();
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
            assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.contains("Retry-After: "), answer);
            assertTrue(tookMs >= 200 && tookMs < 5_000, tookMs + " ms");
            still.end();
            Desk.await(() -> 200 == registered(desk), () -> "it does not come in");
            assertEquals(List.of("source.gap"), Desk.told(desk.endAndTail(), "source.gap"));
        }
    }

    @Test
    void shouldLetNoMoreWaitThanThereIsRoomFor() throws Exception {
        final StandStill still = new StandStill();
        try (Desk desk = new Desk(folder, PATIENT, null, still); Caller other = new Caller(desk.port())) {
            stand(still, other);
            final List<Caller> callers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                callers.add(new Caller(desk.port()));
                callers.get(i).say(Caller.get("/" + Desk.FLEET + "?user=111&event=registered&n=" + i));
            }
            Desk.await(() -> MANY == desk.health("fleet").requests() && MANY - WAITING == desk.health("fleet").lost(),
                () -> "refused at once: " + desk.health("fleet"));
            still.end();
            int taken = 0;
            for (final Caller caller : callers) {
                taken += 200 == caller.status() ? 1 : 0;
                caller.close();
            }
            assertEquals(WAITING, taken);
        }
    }

    @Test
    void shouldCountTheTimeBeforeTheLinkWhenTheJournalIsWaitedFor() throws Exception {
        final StandStill still = new StandStill();
        try (Desk desk = new Desk(folder, SLOW, null, still); Caller first = new Caller(desk.port());
             Caller other = new Caller(desk.port())) {
            stand(still, other);
            final String request = Caller.get("/" + Desk.FLEET + "?user=111&event=registered");
            final long beganNs = System.nanoTime();
            first.say(request);
            Desk.await(() -> System.nanoTime() - beganNs > TimeUnit.MILLISECONDS.toNanos(LINKED_MS), () -> "time stands still");
            // the link comes, and the journal goes no further than to its hello
            still.endUntil(EventType.SOURCE_UP);
            assertEquals(503, first.status());
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
            assertTrue(tookMs >= ANSWER_MS - 100 && tookMs < ANSWER_MS + 1_000, tookMs + " ms");
            assertEquals(0, desk.health("fleet").lost(), "it is on its way");
            still.end();
            assertEquals(200, first.ask(request));
            assertEquals(1, desk.health("fleet").repeats());
            assertEquals(List.of("user.logged-in 101", "user.logged-in 111"), Desk.told(desk.endAndTail(), "user.logged-in", "localUser"));
        }
    }

    @Test
    void shouldLetATenantWaitWhenAnotherHasAllThatItMayHaveWaiting() throws Exception {
        final StandStill still = new StandStill();
        final String body = "x".repeat(64 * 1024);
        final List<Caller> callers = new ArrayList<>();
        try (Desk desk = new Desk(folder, LARGE, null, still); Caller other = new Caller(desk.port());
             Caller ofOtherTenant = new Caller(desk.port())) {
            stand(still, other);
            for (int i = 0; i < PHONES * WAITING; i++) {
                callers.add(new Caller(desk.port()).say(Caller.post("/" + Desk.FLEET + "?user=11" + i % PHONES, body)));
                callers.add(new Caller(desk.port()).say(Caller.post("/" + Desk.PROXY + "?n=" + i, body)));
            }
            // of the proxy no more than so many wait; one more is lost as there is no room
            Desk.await(() -> desk.health("fleet").lost() + desk.health("proxy-1").lost() > (PHONES - 1) * WAITING,
                () -> "there is room for all: " + desk.receiver().health());
            ofOtherTenant.say(Caller.post("/" + Desk.OTHER_TENANT + "/registered", body));
            Desk.await(() -> 1 == desk.receiver().health(1).requests(), () -> desk.receiver().health(1).toString());
            // its head is heard; once others were answered meanwhile its body is, too
            for (int i = 0; i < TURNS; i++) {
                try (Caller stranger = new Caller(desk.port())) {
                    assertEquals(401, stranger.ask(Caller.get("/")));
                }
            }
            assertEquals(0, desk.receiver().health(1).lost(), "it waits");
            still.end();
            assertNotEquals(503, ofOtherTenant.status());
        } finally {
            for (final Caller caller : callers) {
                caller.close();
            }
        }
    }

    @Test
    void shouldStopInTimeWhileTheRouterDoesNotTakeTheSource() throws Exception {
        final StandStill still = new StandStill();
        try (Heard heard = Heard.all(); Desk desk = new Desk(folder, PATIENT, null, still); Caller first = new Caller(desk.port());
             Caller other = new Caller(desk.port())) {
            stand(still, other);
            first.say(Caller.get("/" + Desk.FLEET + "?user=111&event=registered"));
            Desk.await(() -> 1 == desk.health("fleet").requests(), () -> "not taken");
            final long beganNs = System.nanoTime();
            Desk.await(desk.receiver().stop());
            assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs) < 8);
            assertEquals(503, first.status());
            still.end();
            assertEquals(1, heard.lines().stream().filter(line -> line.startsWith("INFO stopped: ")).count(), heard.lines().toString());
        }
    }

    private static void stand(final StandStill still, final Caller other) throws IOException, InterruptedException {
        assertEquals(200, other.ask(Caller.get("/" + Desk.PHONE + "/registered")));
        still.begin();
        other.say(Caller.get("/" + Desk.PHONE + "/unregistered"));
        still.await();
    }

    private static int registered(final Desk desk) {
        try (Caller caller = new Caller(desk.port())) {
            return caller.ask(Caller.get("/" + Desk.FLEET + "?user=111&event=registered"));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ReceiverLimits limits(final long answerMs) {
        return new ReceiverLimits(200, 200, 100, 4_096, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(answerMs));
    }
}

package io.strowger.ops.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.gateway.GatewayLimits;
import io.strowger.ops.gateway.LiveGateway;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.ops.node.CapturedFacts;
import io.strowger.router.dispatch.Filter;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamPumpTest {
    private final Problem why = Problem.unavailable("the server stops");

    private final Vertx vertx = Vertx.vertx();
    private final StreamPump pump = new StreamPump(vertx, "test");

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldEndWhatComesWhenEverythingHasEnded() {
        pump.endAll(why);
        final Quiet late = new Quiet(false);
        pump.add(late);
        assertEquals(why, late.ended);
    }

    @Test
    void shouldEndAllWhenOneFailsAtIt() {
        final Quiet other = new Quiet(false);
        pump.add(new Quiet(true));
        pump.add(other);
        pump.endAll(why);
        assertEquals(why, other.ended);
    }

    @Test
    void shouldCheckAllWhenOneFailsAtIt() throws InterruptedException {
        final Quiet other = new Quiet(false);
        vertx.runOnContext(begun -> {
            pump.add(new Quiet(true));
            pump.add(other);
            pump.start();
        });
        assertTrue(other.checked.await(20, TimeUnit.SECONDS));
    }

    @Test
    void shouldTurnItOnceAndNoMoreWhenItRests() {
        final Quiet resting = new Quiet(false);
        pump.add(resting);
        pump.turn();
        pump.turn();
        assertEquals(1, resting.turns);
    }

    @Test
    void shouldTurnItAgainWhenItIsAskedFor() {
        final Quiet resting = new Quiet(false);
        final Runnable asking = pump.add(resting);
        pump.turn();
        asking.run();
        asking.run();
        pump.turn();
        pump.turn();
        assertEquals(2, resting.turns);
    }

    @Test
    void shouldTurnItInEachRoundWhenItDoesNotRest() {
        final Quiet waiting = new Quiet(false);
        waiting.isResting = false;
        pump.add(waiting);
        pump.turn();
        pump.turn();
        assertEquals(2, waiting.turns);
    }

    @Test
    void shouldTurnItInOneRoundAsLongAsItHasWork() {
        final Quiet working = new Quiet(false);
        working.work = 5;
        pump.add(working);
        pump.turn();
        assertEquals(6, working.turns);
    }

    @Test
    void shouldTurnOnlyWhoseSubscriptionGotSomething(@TempDir final Path folder) {
        try (LiveGateway live = new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT)) {
            final Quiet fed = new Quiet(false);
            final Quiet other = new Quiet(false);
            pump.add(fed, live.router().subscribe(Filter.ofTenant(1)));
            pump.add(other, live.router().subscribe(Filter.ofTenant(2)));
            // behind this the core has heard of both
            live.router().sourceNumber(1, "pbx");
            pump.turn();
            final int before = other.turns;
            live.feed(CapturedFacts.of(folder.resolve("captures"), List.of(new Capture("02-busy"))));
            awaitTurns(fed, fed.turns + 1);
            assertEquals(before, other.turns);
        }
    }

    @Test
    void shouldTurnItInEachRoundWhenThereIsNoPlaceForIt(@TempDir final Path folder) {
        try (LiveGateway live = new LiveGateway(folder.resolve("journal"), GatewayLimits.DEFAULT)) {
            final StreamPump narrow = new StreamPump(vertx, "narrow", 1);
            final Quiet first = new Quiet(false);
            final Quiet second = new Quiet(false);
            narrow.add(first, live.router().subscribe(Filter.ofTenant(1)));
            narrow.add(second, live.router().subscribe(Filter.ofTenant(1)));
            for (int i = 0; i < 10; i++) {
                narrow.turn();
            }
            // one when it comes, one when the core has heard of it
            assertTrue(first.turns <= 2);
            assertEquals(10, second.turns);
        }
    }

    private void awaitTurns(final Quiet quiet, final int turns) {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (quiet.turns < turns && System.nanoTime() < untilNs) {
            pump.turn();
        }
        assertEquals(turns, quiet.turns);
    }

    /** Says nothing; fails at what can fail, if it is told to. */
    private static final class Quiet implements Pumped {
        private final boolean isFailing;
        private final CountDownLatch checked = new CountDownLatch(1);
        private Problem ended;
        private boolean isResting = true;
        private int work;
        private int turns;

        Quiet(final boolean isFailing) {
            this.isFailing = isFailing;
        }

        private void fail() {
            if (isFailing) {
                throw new IllegalStateException("told to");
            }
        }

        @Override
        public int turn() {
            turns++;
            return Math.max(0, work--);
        }

        @Override
        public boolean isResting() {
            return isResting;
        }

        @Override
        public void check() {
            fail();
            checked.countDown();
        }

        @Override
        public void end(final Problem why) {
            fail();
            ended = why;
        }

        @Override
        public boolean isOver() {
            return null != ended;
        }
    }
}

package io.strowger.ops.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.gateway.web.Problem;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamPumpTest {
    private final Problem why = Problem.unavailable("the server stops");

    private final Vertx vertx = Vertx.vertx();
    private final StreamPump pump = new StreamPump(vertx, "test", () -> 0);

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

    /** Says nothing; fails at what can fail, if it is told to. */
    private static final class Quiet implements Pumped {
        private final boolean isFailing;
        private final CountDownLatch checked = new CountDownLatch(1);
        private Problem ended;

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
            return 0;
        }

        @Override
        public boolean isLive() {
            return true;
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

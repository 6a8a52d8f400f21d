package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ListKind;
import io.strowger.ops.connector.talk.EslTalk;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One connection by itself. */
@Timeout(60)
class LineTest {
    private final Vertx vertx = Vertx.vertx();

    /** What asks the router a question at the login may have its answer at once: then all is well, and stays so. */
    @Test
    void shouldStayLiveWhenItsTrafficIsSoWithinTheLogin() throws Exception {
        try (ScriptedPbx pbx = ScriptedPbx.listen(wire -> {
            assertTrue(EslServer.login(wire).contains("BACKGROUND_JOB"));
            wire.awaitGone();
        })) {
            final ConnectorSettings settings = Site.settings(ConnectorDialect.ESL, pbx.port());
            final LiveAtOnce traffic = new LiveAtOnce();
            final Line line = new Line(vertx, vertx.createNetClient(), settings, "line",
                listener -> EslTalk.ofCommands(listener, EslServer.SECRET), traffic);
            traffic.line = line;
            final Context context = vertx.getOrCreateContext();
            context.runOnContext(begun -> line.connect());
            Site.await(() -> line.status().connections() > 0, () -> "never logged in");
            final CountDownLatch isPast = new CountDownLatch(1);
            context.runOnContext(behind -> isPast.countDown());
            isPast.await();
            assertEquals(ConnectorState.LIVE, line.status().standing().state());
            assertNull(line.status().standing().failure());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static final class LiveAtOnce implements Traffic {
        private volatile Line line;

        @Override
        public void up() {
            line.live(null);
        }

        @Override
        public void onBytes(final DirectBuffer bytes, final int length) {
            // nothing is looked at
        }

        @Override
        public void asks(final ListKind kind) {
            // nothing is listed
        }

        @Override
        public void down() {
            // nothing is kept
        }
    }
}

package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the way does, each signal stands in the journal once. */
@Timeout(120)
class SourceCutTest {
    private static final int SIGNALS = 4_000;
    private static final int CUTS = 12;

    @TempDir
    private Path folder;

    @RepeatedTest(3)
    void shouldHaveEachSignalOnceWhenConnectionsAreCutAnywhere() throws Exception {
        final long seed = System.nanoTime();
        final List<String> found;
        try (Wired wired = new Wired(folder);
             CuttingProxy proxy = new CuttingProxy(wired.port(), new Random(seed), CUTS, 20_000);
             SourceClient client = wired.client(proxy.port(), new SourceClientListener() { })) {
            offer(client, 0, SIGNALS);
            Wired.await(() -> 0 == client.waiting(),
                () -> "seed " + seed + ": " + client.waiting() + " wait, " + client.state() + ", " + wired.sources().health());
            assertEquals(SIGNALS, client.acknowledged(), "seed " + seed);
            assertTrue(proxy.made() > 2, "seed " + seed + ": " + proxy.made() + " connections");
            found = wired.endAndRead(Wired.TENANT);
        }
        assertEquals(IntStream.range(0, SIGNALS).mapToObj(i -> "leg-" + i).toList(), found, "seed " + seed);
    }

    @Test
    void shouldGoOnBehindTheLastNumberWhenTheClientIsANewOne() {
        final List<String> found;
        try (Wired wired = new Wired(folder)) {
            for (int life = 0; life < 3; life++) {
                final SourceClient client = wired.client(wired.port(), new SourceClientListener() { });
                offer(client, life * 100, life * 100 + 100);
                client.stop().toCompletionStage().toCompletableFuture().join();
                assertEquals(0, client.waiting());
                assertEquals(ClientState.STOPPED, client.state());
            }
            assertEquals(300 + 3, wired.health().signals(), "the downs, too");
            assertEquals(3, wired.health().connections());
            Wired.await(() -> SourceState.AWAITED == wired.health().state(), () -> wired.health().toString());
            assertEquals("it has said that it goes", wired.health().failure());
            found = wired.endAndRead(Wired.TENANT);
        }
        assertEquals(IntStream.range(0, 300).mapToObj(i -> "leg-" + i).toList(), found);
    }

    @Test
    void shouldKeepTheSourcesNumbersWhenItNumbersItself() {
        try (Wired wired = new Wired(folder)) {
            final Signals signals = new Signals();
            final SourceClient client =
                wired.client(Wired.settings(wired.port()).token(Wired.TOKEN).ownNumbers(true), new SourceClientListener() { });
            for (int number = 41; number < 51; number++) {
                assertTrue(client.offer(signals.buffer, 0, signals.seen(number, "leg-" + number)));
            }
            Wired.await(() -> 50 == client.acknowledged(), () -> client.acknowledged() + " " + wired.health());
            assertEquals(50, wired.router().lastSourceSequence(wired.router().sourceNumber(Wired.TENANT, Wired.NAME)));
            client.close();
        }
    }

    private static void offer(final SourceClient client, final int from, final int to) {
        final Signals signals = new Signals();
        for (int i = from; i < to; i++) {
            final int length = signals.seen(0, "leg-" + i);
            while (!client.offer(signals.buffer, 0, length)) {
                LockSupport.parkNanos(100_000);
            }
        }
    }
}

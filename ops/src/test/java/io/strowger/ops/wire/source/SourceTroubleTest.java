package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.SourceAckDecoder;
import io.strowger.ops.wire.Frames;
import io.strowger.ops.wire.OpeningAnswer;
import io.strowger.router.action.ActionClient;
import io.strowger.router.action.ActionGrant;
import io.strowger.router.source.SourceGrant;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that are broken, hostile, slow or too many, and actions. */
@Timeout(120)
class SourceTroubleTest {
    private static final SourcePortLimits SHORT = new SourcePortLimits(8, 500, 1_000, 300);

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingOfAGoodSourceBesideRandomFrames() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<String> found;
        try (Wired wired = new Wired(folder)) {
            final SourceClient client = wired.client(wired.port(), new SourceClientListener() { });
            final CompletableFuture<Void> noise = CompletableFuture.runAsync(() -> makeNoise(wired.port(), random));
            final Signals signals = new Signals();
            int count = 0;
            while (!noise.isDone() || count < 1_000) {
                assertTrue(client.offer(signals.buffer, 0, signals.seen(0, "leg-" + count)));
                count++;
                final int now = count;
                Wired.await(() -> client.waiting() < 100, () -> "seed " + seed + ": " + now + " " + wired.health());
            }
            noise.join();
            Wired.await(() -> 0 == client.waiting(), () -> "seed " + seed + ": " + wired.health());
            assertEquals(1, wired.health().connections(), "seed " + seed);
            client.stop().toCompletionStage().toCompletableFuture().join();
            final int all = count;
            found = wired.endAndRead(Wired.TENANT);
            assertEquals(IntStream.range(0, all).mapToObj(i -> "leg-" + i).toList(), found, "seed " + seed);
        }
    }

    /** Frames of another tenant's source, let in or not. */
    private static void makeNoise(final int port, final Random random) {
        for (int i = 0; i < 60; i++) {
            try (RawSource source = new RawSource(port)) {
                final int kind = random.nextInt(3);
                if (kind > 0) {
                    assertEquals(OpeningAnswer.OPENED, source.open(Wired.OTHER_TOKEN));
                }
                if (kind > 1) {
                    source.hello(Wired.NAME);
                }
                for (int frame = 0; frame < 40; frame++) {
                    noise(source, random);
                }
            } catch (final SocketException cut) {
                // as it should be
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void noise(final RawSource source, final Random random) throws IOException {
        final byte[] bytes = new byte[1 + random.nextInt(Frames.LONGEST)];
        random.nextBytes(bytes);
        final int length = source.signals.seen(random.nextInt(100), "noise");
        switch (random.nextInt(6)) {
            case 0 -> source.raw(bytes);
            case 1 -> source.raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(random.nextInt()).array());
            case 2, 3 -> source.send(new UnsafeBuffer(bytes), bytes.length);
            default -> {
                // a signal with a wrong byte
                source.signals.buffer.putByte(random.nextInt(length), (byte)random.nextInt());
                source.send(source.signals.buffer, 1 + random.nextInt(length));
            }
        }
    }

    @Test
    void shouldCarryAnActionToTheSourceAndItsResultBack() {
        try (Wired wired = new Wired(folder)) {
            final AtomicReference<SourceClient> self = new AtomicReference<>();
            final SourceClient client = wired.client(
                Wired.settings(wired.port()).token(Wired.TOKEN).capabilities(ActionGrant.ALL_ACTIONS), new SourceClientListener() {
                    @Override
                    public void onAction(final long action, final DirectBuffer signal, final int offset, final int length) {
                        assertTrue(self.get().result(action, ActionStatus.SENT, ""));
                        assertTrue(self.get().result(action, ActionStatus.DONE, "so it is"));
                    }
                });
            self.set(client);
            final Signals signals = new Signals();
            assertTrue(client.offer(signals.buffer, 0, signals.seen(0, "a")));
            Wired.await(() -> 1 == client.acknowledged(), () -> wired.health().toString());
            final ActionClient crm = wired.router().openActions(ActionGrant.of("crm", Wired.TENANT));
            assertTrue(crm.hangUp("k1", "a", null, -1) > 0);
            final List<String> answers = new ArrayList<>();
            Wired.await(() -> {
                crm.poll(answer -> answers.add((answer.key() + " " + answer.status() + " " + answer.text()).strip()), 10);
                return answers.size() >= 3;
            }, answers::toString);
            assertEquals(List.of("k1 ACCEPTED", "k1 SENT", "k1 DONE so it is"), answers);
            crm.close();
            client.close();
        }
    }

    @Test
    void shouldCutOffWhoSendsMoreThanItsCredit() throws Exception {
        final SourceAccount account = new SourceAccount(new SourceGrant(Wired.NAME, Wired.TENANT, null, 16),
            Wired.account(Wired.NAME, Wired.TENANT, Wired.TOKEN).tokens(), null);
        try (Wired wired = new Wired(folder, SourcePortLimits.DEFAULT, null, List.of(account));
             RawSource source = RawSource.opened(wired.port(), Wired.TOKEN)) {
            source.hello(Wired.NAME);
            assertTrue(null != source.frame(), "the welcome");
            final ByteBuffer many = ByteBuffer.allocate(1_000_000).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 1; i <= 200; i++) {
                final byte[] bytes = new byte[source.signals.seen(i, "leg-" + i)];
                source.signals.buffer.getBytes(0, bytes);
                many.putInt(bytes.length).put(bytes);
            }
            final byte[] all = new byte[many.position()];
            many.flip().get(all);
            source.raw(all);
            Wired.await(() -> null != wired.health().failure(), () -> wired.health().toString());
            assertEquals("no credit", wired.health().failure());
            assertTrue(wired.health().signals() < 200, () -> wired.health().toString());
        }
    }

    @Test
    void shouldSendAwayWhoReadsNothing() throws Exception {
        try (Wired wired = new Wired(folder, SHORT, null, List.of(Wired.account(Wired.NAME, Wired.TENANT, Wired.TOKEN)));
             RawSource source = RawSource.opened(wired.port(), Wired.TOKEN)) {
            source.hello(Wired.NAME);
            final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                final UnsafeBuffer junk = new UnsafeBuffer(new byte[300]);
                try {
                    for (long number = 0; ; number++) {
                        // each is refused, with its bytes: what it is told grows and grows
                        junk.putLong(SignalLayout.SOURCE_SEQUENCE_OFFSET, number, ByteOrder.LITTLE_ENDIAN);
                        source.send(junk, junk.capacity());
                    }
                } catch (final IOException cut) {
                    // at last
                }
            });
            Wired.await(() -> null != wired.health().failure(), () -> wired.health().toString());
            writing.join();
            assertTrue(List.of("stalled", "no credit").contains(wired.health().failure()), () -> wired.health().toString());
        }
    }

    @Test
    void shouldCloseWhatSaysNothingInTime() throws Exception {
        try (Wired wired = new Wired(folder, SHORT, null, List.of(Wired.account(Wired.NAME, Wired.TENANT, Wired.TOKEN)));
             RawSource silent = new RawSource(wired.port()); RawSource half = new RawSource(wired.port());
             RawSource greetless = RawSource.opened(wired.port(), Wired.TOKEN)) {
            half.raw(new byte[] {20, 0});
            assertEquals(OpeningAnswer.TOO_LATE, silent.answer());
            assertEquals(OpeningAnswer.TOO_LATE, half.answer());
            assertEquals(OpeningAnswer.TOO_LATE, greetless.answer());
            assertNull(greetless.frame());
        }
    }

    @Test
    void shouldLetAGoodSourceInDuringAFloodOfConnections() throws Exception {
        try (Wired wired = new Wired(folder, SHORT, null, List.of(Wired.account(Wired.NAME, Wired.TENANT, Wired.TOKEN)));
             RawSource first = new RawSource(wired.port())) {
            final List<RawSource> flood = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                flood.add(new RawSource(wired.port()));
            }
            final SourceClient client = wired.client(wired.port(), new SourceClientListener() { });
            for (int i = 0; i < 100; i++) {
                flood.add(new RawSource(wired.port()));
            }
            assertEquals(OpeningAnswer.TOO_MANY, first.answer());
            final Signals signals = new Signals();
            assertTrue(client.offer(signals.buffer, 0, signals.seen(0, "a")));
            Wired.await(() -> 1 == client.acknowledged(), () -> wired.health().toString());
            client.close();
            for (final RawSource one : flood) {
                one.close();
            }
        }
    }

    @Test
    void shouldGiveTheOldConnectionsPlaceToANewOne() throws Exception {
        try (Wired wired = new Wired(folder); RawSource old = RawSource.opened(wired.port(), Wired.TOKEN)) {
            old.greet(Wired.NAME);
            old.seen(1, "leg-0");
            // until then the router may have it, and its fold not yet
            old.frame(SourceAckDecoder.TEMPLATE_ID);
            try (RawSource next = RawSource.opened(wired.port(), Wired.TOKEN)) {
                next.greet(Wired.NAME);
                assertEquals(OpeningAnswer.REPLACED, old.answer());
                next.seen(1, "leg-0");
                next.seen(2, "leg-1");
                Wired.await(() -> 2 == wired.health().signals(), () -> wired.health().toString());
                assertEquals(1, wired.health().duplicates());
                assertEquals(SourceState.LIVE, wired.health().state());
                assertEquals(List.of("leg-0", "leg-1"), wired.endAndRead(Wired.TENANT));
                assertEquals(OpeningAnswer.STOPPING, next.answer());
            }
        }
    }
}

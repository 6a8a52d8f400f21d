package io.strowger.ops.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames between a Vert.x server, which echoes, and a plain socket. */
@Timeout(60)
class FramesTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<Echo> peers = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void shouldBringEveryFrameWholeHoweverItsBytesCome() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<byte[]> sent = new ArrayList<>();
        final ByteBuffer all = ByteBuffer.allocate(4_000_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2_000; i++) {
            final byte[] frame = new byte[1 + random.nextInt(Frames.LONGEST)];
            random.nextBytes(frame);
            sent.add(frame);
            all.putInt(frame.length).put(frame);
        }
        try (Socket socket = connect(seed)) {
            final Thread writer = new Thread(() -> write(socket, all, random));
            writer.start();
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            for (final byte[] frame : sent) {
                assertArrayEquals(frame, read(in), "seed " + seed);
            }
            writer.join();
        }
        assertEquals("the other side has closed the connection", ends.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void shouldCloseTheSocketWhenAWriteFails() {
        final List<String> called = new ArrayList<>();
        final NetSocket socket = (NetSocket)Proxy.newProxyInstance(NetSocket.class.getClassLoader(), new Class<?>[] {NetSocket.class},
            (proxy, method, arguments) -> {
                called.add(method.getName());
                return switch (method.getName()) {
                    case "write" -> Future.failedFuture("no memory");
                    case "close" -> Future.succeededFuture();
                    default -> false;
                };
            });
        final Frames frames = new Frames(vertx, socket, null);
        assertTrue(frames.offer(new UnsafeBuffer(new byte[4]), 0, 4));
        frames.flush();
        assertFalse(frames.offer(new UnsafeBuffer(new byte[4]), 0, 4), "behind the hole");
        frames.flush();
        frames.close(OpeningAnswer.BAD_FRAME);
        assertEquals(List.of("writeQueueFull", "write", "close"), called);
    }

    @Test
    void shouldBreakAtALengthThatNoFrameHas() throws Exception {
        for (final int length : new int[] {0, -1, Integer.MIN_VALUE, Frames.LONGEST + 1, Integer.MAX_VALUE}) {
            try (Socket socket = connect(1)) {
                socket.getOutputStream().write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
                final DataInputStream in = new DataInputStream(socket.getInputStream());
                final byte[] word = read(in);
                assertEquals(OpeningAnswer.BAD_FRAME, OpeningAnswer.read(new UnsafeBuffer(word), 0, word.length));
                assertEquals(-1, in.read());
            }
        }
    }

    @Test
    void shouldHaveNoRoomForWhoReadsNothingAndKnowIt() throws Exception {
        try (Socket socket = connect(1)) {
            assertTrue(socket.isConnected());
            final Echo peer = peers.poll(20, TimeUnit.SECONDS);
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frames.LONGEST]);
            assertTrue(await(onLoop(peer, () -> {
                int count = 0;
                while (peer.frames.offer(frame, 0, Frames.LONGEST)) {
                    count++;
                }
                return count;
            })) > 1);
            // what the machine holds on the way is full, too
            while (await(onLoop(peer, () -> peer.frames.offer(frame, 0, Frames.LONGEST)))) {
                assertTrue(ends.isEmpty());
            }
            assertFalse(await(onLoop(peer, () -> peer.frames.isStalled(0, 100))));
            assertFalse(await(onLoop(peer, () -> peer.frames.isStalled(100, 100))));
            assertTrue(await(onLoop(peer, () -> peer.frames.isStalled(101, 100))));
            await(onLoop(peer, () -> {
                peer.frames.close(OpeningAnswer.STALLED);
                return 0;
            }));
            assertTrue(null != ends.poll(20, TimeUnit.SECONDS), "not waited for");
        }
    }

    private Socket connect(final long seed) throws IOException {
        final NetServer server = vertx.createNetServer().connectHandler(socket -> {
            final Echo echo = new Echo(new Random(seed));
            echo.frames = new Frames(vertx, socket, echo);
            echo.loop = vertx.getOrCreateContext();
            echo.frames.begin();
            peers.add(echo);
        });
        final int port = await(server.listen(0, "127.0.0.1")).actualPort();
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void write(final Socket socket, final ByteBuffer all, final Random random) {
        try {
            final OutputStream out = socket.getOutputStream();
            int at = 0;
            while (at < all.position()) {
                final int length = Math.min(all.position() - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 20_000));
                out.write(all.array(), all.arrayOffset() + at, length);
                at += length;
            }
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(final DataInputStream in) throws IOException {
        final int length = Integer.reverseBytes(in.readInt());
        final byte[] frame = ((InputStream)in).readNBytes(length);
        assertEquals(length, frame.length);
        return frame;
    }

    private static <T> Future<T> onLoop(final Echo peer, final java.util.concurrent.Callable<T> work) {
        final io.vertx.core.Promise<T> done = io.vertx.core.Promise.promise();
        peer.loop.runOnContext(now -> {
            try {
                done.complete(work.call());
            } catch (final Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private static <T> T await(final Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Sends back what it gets, but now and then can't at once. */
    private final class Echo implements FrameHandler {
        private final Random random;
        private Frames frames;
        private io.vertx.core.Context loop;

        Echo(final Random random) {
            this.random = random;
        }

        @Override
        public boolean onFrame(final DirectBuffer buffer, final int offset, final int length) {
            if (0 == random.nextInt(50) || !frames.offer(buffer, offset, length)) {
                vertx.setTimer(1, fired -> frames.again());
                return false;
            }
            return true;
        }

        @Override
        public void onBroken(final String reason) {
            frames.close(OpeningAnswer.BAD_FRAME);
        }

        @Override
        public void onGone(final String reason) {
            ends.add(reason);
        }
    }
}

package io.strowger.bench.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.ResultLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DeliveriesTest {
    private static final DeliveriesSizes TINY = new DeliveriesSizes(3, 50, 2_000, 1, 0);

    @TempDir
    private Path folder;

    @Test
    void shouldDeliverEverythingBothWaysAndLeaveTheTableAlone() throws IOException {
        final List<String> arguments = new ArrayList<>(TINY.arguments());
        arguments.addAll(List.of(folder.toString(), folder.resolve("rounds.csv").toString()));
        DeliveriesMain.main(arguments.toArray(String[]::new));
        assertEquals(3, Files.readAllLines(folder.resolve("rounds.csv")).size());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void shouldCountWhatEachRoundBrought() {
        try (DeliveriesRun run = new DeliveriesRun(folder, TINY)) {
            final DeliveriesRound inProcess = run.round(false);
            assertEquals(TINY.signals(), inProcess.signals());
            assertTrue(inProcess.records() >= TINY.signals() && inProcess.deliveries() > 0, inProcess::toString);
            assertEquals(0, inProcess.deliveries() % TINY.subscriptions());
            assertEquals(0, inProcess.tcpBytes() + inProcess.lagged());
            final DeliveriesRound overTcp = run.round(true);
            assertTrue(overTcp.tcpBytes() > 100 * overTcp.deliveries(), overTcp::toString);
        }
    }

    @Test
    void shouldDeliverEverythingToWhoFallsBehind() {
        final DeliveriesSizes many = new DeliveriesSizes(3, 50, 20_000, 1, 0);
        try (DeliveriesRun run = new DeliveriesRun(folder, many, 7, 32 << 10)) {
            final DeliveriesRound round = run.round(true);
            assertTrue(round.lagged() > 0, round::toString);
            assertTrue(run.round(false).deliveries() > 0);
        }
    }

    @Test
    void shouldSendWholeFramesInOrderWhetherTheBufferWasFullOrNot() throws IOException {
        final int frames = 1_000;
        final int length = 100;
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            TcpLine line = new TcpLine(SocketChannel.open(server.getLocalAddress()));
            SocketChannel receiver = server.accept()) {
            final UnsafeBuffer event = new UnsafeBuffer(new byte[length]);
            for (int i = 0; i < frames; i++) {
                event.setMemory(0, length, (byte)i);
                line.send(i, event, 0, length);
            }
            line.flush();
            final ByteBuffer bytes = ByteBuffer.allocate((int)line.sentBytes()).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                receiver.read(bytes);
            }
            bytes.flip();
            for (int i = 0; i < frames; i++) {
                assertEquals(Long.BYTES + length, bytes.getInt());
                assertEquals(i, bytes.getLong());
                assertEquals((byte)i, bytes.get());
                bytes.position(bytes.position() + length - 1);
            }
        }
    }

    @Test
    void shouldMakeRoomForARoundAndNoMoreThanThereCanBe() {
        final DeliveriesSizes own = new DeliveriesSizes(10, 10_000, 2_000_000, 5, 2);
        assertEquals((1 << 20) - 1, own.subscriptionCapacity());
        assertEquals(1 << 29, own.windowBytes());
        assertEquals(4_095, TINY.subscriptionCapacity());
        assertEquals(1 << 22, TINY.windowBytes());
        assertThrows(IllegalArgumentException.class, () -> new DeliveriesSizes(0, 1, 1, 1, 0));
    }

    @Test
    void shouldTellDeliveriesBesideWhatWasJournaledMeanwhile() {
        final List<ResultLine> lines = DeliveriesMain.lines(List.of(
            new DeliveriesRound(false, 100, 200, 1_000, 0, 0, 1_000_000_000L, 4_000),
            new DeliveriesRound(true, 100, 200, 1_000, 5_000_000, 2, 2_000_000_000L, 8_000)), TINY);
        assertEquals(11, lines.size());
        assertEquals(1_000.0, lines.get(0).spread().median());
        assertEquals(0.5, lines.get(1).ratio());
        assertEquals(200.0, lines.get(2).spread().median());
        assertEquals(2.0, lines.get(7).ratio());
        assertEquals(2.5, lines.get(8).spread().median());
        assertEquals(2.0, lines.get(10).spread().median());
    }
}

package io.strowger.codecs.ami;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A rough measure of bytes to facts, to see what a change does; the figures that are published come from the benchmark module.
 *
 * <p>Arguments: a folder of captured streams, and {@code full} or {@code lean}. Prints megabytes a second of the thread's own
 * processor time, so that a busy machine disturbs less, and the median of nine rounds.
 */
final class AmiSpeed {
    private static final int ROUNDS = 9;
    private static final int PIECE = 64 * 1024;
    private static final long ROUND_BYTES = 500_000_000L;

    private AmiSpeed() {
    }

    /**
     * Runs the measure.
     *
     * @throws IOException when a capture can't be read.
     */
    public static void main(final String[] args) throws IOException {
        final boolean isLean = args[1].equals("lean");
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            for (final Path path : files.filter(file -> file.endsWith("rx.raw")).sorted().toList()) {
                if (path.toString().contains("/lean/") == isLean) {
                    all.writeBytes(Files.readAllBytes(path));
                }
            }
        }
        final UnsafeBuffer stream = new UnsafeBuffer(ByteBuffer.allocateDirect(all.size()));
        stream.putBytes(0, all.toByteArray());
        final long[] counted = new long[1];
        final AmiTranslator translator = new AmiTranslator(AmiSettings.of(1, 1));
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            counted[0] = 0;
            final long start = threads.getCurrentThreadCpuTime();
            long bytes = 0;
            while (bytes < ROUND_BYTES) {
                translator.connected(0);
                for (int at = 0; at < stream.capacity(); at += PIECE) {
                    translator.onBytes(stream, at, Math.min(PIECE, stream.capacity() - at), 0, (buffer, offset, length) -> {
                        counted[0]++;
                        return true;
                    });
                }
                bytes += stream.capacity();
            }
            rates[round] = bytes * 1e3 / (threads.getCurrentThreadCpuTime() - start);
            System.out.printf("round %d: %.0f MB/s, %.2f M facts/s%n", round, rates[round], counted[0] * rates[round] / bytes);
        }
        Arrays.sort(rates);
        System.out.printf("median %.0f MB/s of %d bytes%n", rates[ROUNDS / 2], stream.capacity());
    }
}

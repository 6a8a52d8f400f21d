package io.strowger.bench.jmh;

import io.strowger.bench.load.Captures;
import io.strowger.bench.load.Traffic;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * AMI bytes to facts, beside asterisk-java on the same bytes. One call reads all bundled scenarios, each as a connection of its own.
 *
 * <p>{@code strowger}: bytes in pieces of 16 KiB, as reads from a socket give them, to complete SBE facts in a buffer; noise is counted by
 * name. {@code asteriskJavaParse}: bytes to event objects ({@link AsteriskJavaParser}). {@code asteriskJavaReader}: its reader as it ships,
 * with its second thread ({@link AsteriskJavaReader}). {@code classes} is what the connection had asked for: all classes of events, or
 * those a router subscribes to.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AmiBenchmark {
    private static final int READ_LENGTH = 16 * 1024;
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;

    /** Which recording. */
    @Param({"FULL", "LEAN"})
    private Captures.Classes classes;

    private byte[][] streams;
    private UnsafeBuffer[] buffers;
    private final SignalSink sink = this::onFact;
    private AmiTranslator translator;
    private AsteriskJavaParser parser;
    private AsteriskJavaReader reader;
    private long facts;

    /**
     * Bytes that one call reads.
     *
     * @param classes which recording.
     * @return the sum over all scenarios.
     */
    static long bytesPerCall(final Captures.Classes classes) {
        return Captures.SCENARIOS.stream().mapToLong(scenario -> Captures.bytes(scenario, classes).length).sum();
    }

    @Setup
    public void setup() {
        streams = Captures.SCENARIOS.stream().map(scenario -> Captures.bytes(scenario, classes)).toArray(byte[][]::new);
        buffers = new UnsafeBuffer[streams.length];
        for (int i = 0; i < streams.length; i++) {
            buffers[i] = new UnsafeBuffer(streams[i]);
        }
        translator = new AmiTranslator(AmiSettings.of(Traffic.SOURCE, Traffic.TENANT));
        parser = new AsteriskJavaParser();
        reader = new AsteriskJavaReader();
        requireWork(strowger(), "facts of Strowger");
        requireWork(asteriskJavaParse(), "events of asterisk-java's parser");
        requireWork(asteriskJavaReader(), "events of asterisk-java's reader");
    }

    @Benchmark
    public long strowger() {
        facts = 0;
        for (int i = 0; i < buffers.length; i++) {
            final UnsafeBuffer bytes = buffers[i];
            translator.connected(i);
            for (int at = 0; at < bytes.capacity(); at += READ_LENGTH) {
                translator.onBytes(bytes, at, Math.min(READ_LENGTH, bytes.capacity() - at), ARRIVAL_NS, sink);
            }
        }
        return facts;
    }

    @Benchmark
    public long asteriskJavaParse() {
        long events = 0;
        for (final byte[] stream : streams) {
            events += parser.parse(stream);
        }
        return events;
    }

    @Benchmark
    public long asteriskJavaReader() {
        long events = 0;
        for (final byte[] stream : streams) {
            events += reader.read(stream);
        }
        return events;
    }

    private boolean onFact(final DirectBuffer buffer, final int offset, final int length) {
        facts++;
        return true;
    }

    private static void requireWork(final long count, final String what) {
        if (count <= 0) {
            throw new IllegalStateException("no " + what);
        }
    }
}

package io.strowger.bench.jmh;

import io.strowger.bench.load.EslCaptures;
import io.strowger.bench.load.Traffic;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.esl.EslSettings;
import io.strowger.codecs.esl.EslTranslator;
import io.strowger.codecs.translate.StreamCounters.Counter;
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
 * Event socket bytes to facts. One call reads all bundled scenarios, each as a connection of its own, in pieces of 16 KiB, as reads from a
 * socket give them; noise is counted by name. {@code form} is what the connection had asked for: {@code event plain ALL} or
 * {@code event json ALL}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EslBenchmark {
    private static final int READ_LENGTH = 16 * 1024;
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;

    /** Which recording. */
    @Param({"PLAIN", "JSON"})
    private EslCaptures.Form form;

    private UnsafeBuffer[] streams;
    private final SignalSink sink = this::onFact;
    private EslTranslator translator;
    private long facts;

    /**
     * Bytes that one call reads.
     *
     * @param form which recording.
     * @return the sum over all scenarios.
     */
    static long bytesPerCall(final EslCaptures.Form form) {
        return EslCaptures.SCENARIOS.stream().mapToLong(scenario -> EslCaptures.bytes(scenario, form).length).sum();
    }

    /**
     * Frames that one call reads, the same in both recordings.
     *
     * @return the sum over all scenarios.
     */
    static int framesPerCall() {
        final EslBenchmark benchmark = new EslBenchmark();
        benchmark.form = EslCaptures.Form.PLAIN;
        benchmark.open();
        benchmark.read();
        return (int)benchmark.translator.counters().get(Counter.BLOCKS);
    }

    @Setup
    public void setup() {
        open();
        if (read() <= 0) {
            throw new IllegalStateException("no facts");
        }
    }

    @Benchmark
    public long strowger() {
        return read();
    }

    private void open() {
        streams = EslCaptures.SCENARIOS.stream().map(scenario -> new UnsafeBuffer(EslCaptures.bytes(scenario, form)))
            .toArray(UnsafeBuffer[]::new);
        translator = new EslTranslator(EslSettings.of(Traffic.SOURCE, Traffic.TENANT));
    }

    private long read() {
        facts = 0;
        for (int i = 0; i < streams.length; i++) {
            final UnsafeBuffer bytes = streams[i];
            translator.connected(i);
            for (int at = 0; at < bytes.capacity(); at += READ_LENGTH) {
                translator.onBytes(bytes, at, Math.min(READ_LENGTH, bytes.capacity() - at), ARRIVAL_NS, sink);
            }
        }
        return facts;
    }

    private boolean onFact(final DirectBuffer buffer, final int offset, final int length) {
        facts++;
        return true;
    }
}

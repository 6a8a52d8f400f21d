package io.strowger.bench.jmh;

import io.strowger.router.dispatch.Dispatcher;
import io.strowger.router.dispatch.RecordWindow;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.RouterCounters;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A journaled block shown to taps. One call is one block of real events; results are told an event.
 *
 * <p>{@code walk} is the floor: the records of the block walked and the sequence of each event read, by nobody's order but a loop.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {
    private static final int WINDOW_BYTES = 1 << 20;

    /** Taps in line. */
    @Param({"1", "3", "10"})
    private int taps;

    private BlockSource blocks;
    private Dispatcher dispatcher;
    private long seen;
    private long sum;

    /**
     * Events in the block of one call.
     *
     * @return the same number in every process.
     */
    static int eventsPerCall() {
        return FirstBlock.EVENTS;
    }

    @Setup
    public void setup() {
        blocks = new BlockSource(1);
        blocks.refill();
        dispatcher = new Dispatcher(new RecordWindow(WINDOW_BYTES), new RouterCounters(), fault -> {
            throw new IllegalStateException("a tap failed", fault);
        });
        for (int i = 0; i < taps; i++) {
            dispatcher.addTap(new SummingTap());
        }
        dispatch();
        if (seen != (long)taps * blocks.events(0)) {
            throw new IllegalStateException("the taps saw " + seen + " of " + taps + " x " + blocks.events(0) + " events");
        }
    }

    @Benchmark
    public long dispatch() {
        dispatcher.onBlock(blocks.buffer(), 0, blocks.length(0));
        return sum;
    }

    @Benchmark
    public long walk() {
        return blocks.sumOfEventSequences(0);
    }

    /** Counted once, when it is first asked for. */
    private static final class FirstBlock {
        private static final int EVENTS = count();

        private static int count() {
            final BlockSource source = new BlockSource(1);
            source.refill();
            return source.events(0);
        }
    }

    /** Reads the sequence of each event. */
    private final class SummingTap implements Tap {
        @Override
        public void onEvent(final DirectBuffer block, final int record) {
            sum += RecordLayout.sequence(block, record);
            seen++;
        }
    }
}

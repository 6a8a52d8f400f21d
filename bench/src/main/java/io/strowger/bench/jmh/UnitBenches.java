package io.strowger.bench.jmh;

import io.strowger.bench.Bench;
import io.strowger.bench.load.Captures;
import io.strowger.bench.load.EslCaptures;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JMH benchmarks: what each may allocate, what it is compared with, in what unit it speaks.
 */
public final class UnitBenches {
    private static final int FOLD_HEAP_MB = 3 * 1024;
    private static final int SUBSCRIPTIONS_HEAP_MB = 2 * 1024;
    private static final double MB_PER_BYTE_AND_NS = 1000;

    private UnitBenches() {
    }

    /**
     * All of them.
     *
     * @return in the order in which they are run.
     */
    public static List<Bench> all() {
        return List.of(baseline(), codec(), ami(), esl(), eslFrame(), fold(), journal(), dispatch(), subscriptions());
    }

    private static Bench baseline() {
        return new JmhBench("baseline", BaselineBenchmark.class, Set.of("nothing", "field", "clock"), Map.of());
    }

    private static Bench codec() {
        final Set<String> allocationFree = Set.of("encodeLegState", "decodeLegState", "route", "admit", "decodeAndAdmit");
        return new JmhBench("codec", CodecBenchmark.class, allocationFree, Map.of()).withAndWithoutBoundsChecks();
    }

    private static Bench ami() {
        final Map<String, String> yardsticks = Map.of("strowger", "asteriskJavaParse");
        return new JmhBench("ami", AmiBenchmark.class, Set.of("strowger"), yardsticks)
            .quick("classes", Captures.Classes.LEAN.name())
            .rate("MB/s", result -> MB_PER_BYTE_AND_NS * AmiBenchmark.bytesPerCall(recording(result)));
    }

    private static Bench esl() {
        return new JmhBench("esl", EslBenchmark.class, Set.of("strowger"), Map.of())
            .quick("form", EslCaptures.Form.PLAIN.name())
            .rate("MB/s", result -> MB_PER_BYTE_AND_NS * EslBenchmark.bytesPerCall(
                EslCaptures.Form.valueOf(result.parameters().substring("form=".length()))));
    }

    /** The same work a frame. */
    private static Bench eslFrame() {
        return new JmhBench("esl-frame", EslBenchmark.class, Set.of("strowger"), Map.of())
            .quick("form", EslCaptures.Form.PLAIN.name())
            .perCall("ns/frame", EslBenchmark::framesPerCall);
    }

    private static Bench fold() {
        return new JmhBench("fold", FoldBenchmark.class, Set.of("fold", "mapGetAndUpdate"), Map.of("fold", "mapGetAndUpdate"))
            .quick("sessions", "10000")
            .forks(1)
            .heapMb(FOLD_HEAP_MB);
    }

    private static Bench journal() {
        final Map<String, String> yardsticks = Map.of("append", "bareAppend", "appendPacked", "append",
            "appendRecordByRecord", "bareAppend", "read", "bareRead", "readPacked", "read");
        return new JmhBench("journal", JournalBenchmark.class, Set.of("append", "appendPacked"), yardsticks)
            .rate("MB/s", result -> MB_PER_BYTE_AND_NS * BlockSource.BLOCK_LENGTH);
    }

    private static Bench dispatch() {
        return new JmhBench("dispatch", DispatchBenchmark.class, Set.of("dispatch", "walk"), Map.of("dispatch", "walk"))
            .quick("taps", "3")
            .perCall("ns/event", DispatchBenchmark::eventsPerCall);
    }

    private static Bench subscriptions() {
        return new JmhBench("subscriptions", SubscriptionBenchmark.class, Set.of("dispatch"), Map.of())
            .quick("subscriptions", "20000")
            .heapMb(SUBSCRIPTIONS_HEAP_MB)
            .perCall("ns/event", SubscriptionBenchmark::eventsPerCall);
    }

    private static Captures.Classes recording(final JmhCase result) {
        return Captures.Classes.valueOf(result.parameters().substring("classes=".length()));
    }
}

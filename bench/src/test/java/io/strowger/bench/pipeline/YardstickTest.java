package io.strowger.bench.pipeline;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class YardstickTest {
    private static final int SIGNALS = 500;

    @TempDir
    private Path folder;

    private final SignalPool pool = new SignalPool(1 << 20);
    private final Traffic traffic = Traffic.ofCaptures(10, 1);

    @Test
    void shouldCarryEverySignalOfEachWindowWhenChronicle() {
        try (Contender contender = new ChronicleContender(folder)) {
            runTwoWindows(contender);
        }
    }

    @Test
    void shouldCarryEverySignalOfEachWindowWhenDisruptor() {
        try (Contender contender = new DisruptorContender()) {
            runTwoWindows(contender);
        }
    }

    @Test
    void shouldNoticeWhenChronicleLacksASignal() {
        try (Contender contender = new ChronicleContender(folder)) {
            fill(SIGNALS);
            contender.open();
            contender.run(pool);
            fill(SIGNALS + 1);
            assertThrows(IllegalStateException.class, () -> contender.settle(pool));
        }
    }

    @Test
    void shouldNoticeWhenDisruptorLacksASignal() {
        try (Contender contender = new DisruptorContender()) {
            fill(SIGNALS);
            contender.open();
            contender.run(pool);
            fill(SIGNALS + 1);
            assertThrows(IllegalStateException.class, () -> contender.settle(pool));
        }
    }

    private void runTwoWindows(final Contender contender) {
        for (int i = 0; i < 2; i++) {
            fill(SIGNALS);
            contender.preload(pool);
            contender.open();
            contender.run(pool);
            contender.settle(pool);
        }
    }

    private void fill(final int signals) {
        while (traffic.preload(pool)) {
            pool.clear();
        }
        traffic.fill(pool, signals);
    }
}

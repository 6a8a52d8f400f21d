package io.strowger.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.strowger.bench.load.SignalPool;
import io.strowger.bench.load.Traffic;
import io.strowger.bench.pipeline.Contender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class PeerContendersTest {
    private static final int SIGNALS = 3_000;

    @TempDir
    private Path folder;

    private final SignalPool pool = new SignalPool(4 << 20);
    private final Traffic traffic = Traffic.ofCaptures(10, 1);

    @ParameterizedTest
    @EnumSource(names = {"AERON_IPC", "AERON_ARCHIVE", "AERON_ARCHIVE_FSYNC", "KAFKA_FSYNC", "REDIS", "REDIS_FSYNC", "NATS"})
    void shouldCarryEverySignalOfEachWindowAndLeaveNothingRunning(final PeerCase peer) throws Exception {
        final List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        try (Contender contender = contender(peer)) {
            assertFalse(contender.settings().isEmpty());
            for (int i = 0; i < 2; i++) {
                fill(SIGNALS);
                contender.preload(pool);
                contender.open();
                contender.run(pool);
                contender.settle(pool);
            }
            final boolean hasServer = !before.containsAll(ProcessHandle.current().descendants().toList());
            assertEquals(hasServer, contender.serverCpuNs() > 0, "the processor time of its server must count");
        }
        assertTrue(before.containsAll(ProcessHandle.current().descendants().toList()), "a server still runs");
    }

    @ParameterizedTest
    @EnumSource(names = {"AERON_IPC", "AERON_ARCHIVE", "REDIS"})
    void shouldNoticeWhenASignalIsMissing(final PeerCase peer) throws Exception {
        try (Contender contender = contender(peer)) {
            fill(SIGNALS);
            contender.open();
            contender.run(pool);
            fill(SIGNALS + 1);
            assertThrows(IllegalStateException.class, () -> contender.settle(pool));
        }
    }

    @Test
    void shouldNoticeWhenAnotherSignalIsTheLast() throws Exception {
        try (Contender contender = contender(PeerCase.NATS)) {
            fill(SIGNALS);
            contender.open();
            contender.run(pool);
            fill(SIGNALS);
            assertThrows(IllegalStateException.class, () -> contender.settle(pool));
        }
    }

    private Contender contender(final PeerCase peer) throws Exception {
        try {
            return peer.contender(folder, 10);
        } catch (final NotRunException e) {
            return abort(e.getMessage());
        }
    }

    private void fill(final int signals) {
        while (traffic.preload(pool)) {
            pool.clear();
        }
        traffic.fill(pool, signals);
    }
}

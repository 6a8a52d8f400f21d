package io.strowger.bench.pipeline;

import io.strowger.router.journal.Durability;
import java.io.IOException;
import java.util.List;

/**
 * The measured process of {@link DurabilityBench}, see {@link RaceProcess}.
 */
public final class DurabilityMain {
    private static final int SIGNALS = 1_000_000;

    private DurabilityMain() {
    }

    /**
     * Runs one race.
     *
     * @param arguments number of sessions, whether it is quick, folder for the journals, file for the rounds.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        RaceProcess.run("durability", arguments, SIGNALS, (data, sessions) -> List.of(
            new RouterContender(data.resolve("accepted"), sessions),
            new RouterContender(data.resolve("durable"), sessions, Durability.DURABLE, Durability.ACCEPTED),
            new RouterContender(data.resolve("visible"), sessions, Durability.DURABLE, Durability.DURABLE)));
    }
}

package io.strowger.bench.pipeline;

import java.io.IOException;
import java.util.List;

/**
 * The measured process of {@link PipelineBench}, see {@link RaceProcess}.
 */
public final class PipelineMain {
    private static final int SIGNALS = 2_000_000;

    private PipelineMain() {
    }

    /**
     * Runs one race.
     *
     * @param arguments number of sessions, whether it is quick, folder for the journals, file for the rounds.
     * @throws IOException when a folder can't be made or removed.
     */
    public static void main(final String[] arguments) throws IOException {
        RaceProcess.run("pipeline", arguments, SIGNALS, (data, sessions) -> List.of(
            new RouterContender(data.resolve("router"), sessions),
            new ChronicleContender(data.resolve("chronicle")),
            new DisruptorContender()));
    }
}

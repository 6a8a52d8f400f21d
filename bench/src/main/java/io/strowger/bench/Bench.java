package io.strowger.bench;

import io.strowger.bench.result.Results;
import java.nio.file.Path;
import java.util.Set;

/**
 * A benchmark that can be asked for by name.
 */
public interface Bench {
    /**
     * Its name on the command line.
     */
    String name();

    /**
     * Flags of the processes in which it measures, for the record of the environment.
     *
     * @return one line.
     */
    String flags();

    /**
     * Names of its sizes and rates that {@code --set} can change.
     *
     * @return none, for most.
     */
    default Set<String> settings() {
        return Set.of();
    }

    /**
     * Measures.
     *
     * @param options what was asked for.
     * @param raw     folder for logs and raw figures, made already.
     * @param results takes each result as it comes.
     * @return false when something it checks beside the speed does not hold; it has said what on stderr.
     * @throws Exception when it can't be carried out.
     */
    boolean run(BenchOptions options, Path raw, Results results) throws Exception;
}

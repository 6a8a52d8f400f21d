package io.strowger.bench.pipeline;

import io.strowger.bench.MeasuredJvm;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Results;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that measures and prints result lines as JSON.
 */
public final class MeasuredProcess {
    private MeasuredProcess() {
    }

    /** The flags of it with a heap of this size. */
    public static List<String> flags(final int heapMb) {
        return MeasuredJvm.flags(heapMb, true);
    }

    /**
     * Runs a main class to its end.
     *
     * @param results get its lines.
     * @return whether it ended well.
     */
    public static boolean run(final int heapMb, final Class<?> main, final List<String> arguments, final Results results)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(MeasuredJvm.java());
        command.addAll(flags(heapMb));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); null != line; line = lines.readLine()) {
                results.add(ResultLine.parse(line));
            }
        } finally {
            process.destroy();
        }
        return 0 == process.waitFor();
    }
}

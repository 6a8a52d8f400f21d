package io.strowger.bench;

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

    /**
     * Flags of such a process.
     *
     * @param heapMb size of its heap in MiB.
     */
    public static List<String> flags(final int heapMb) {
        return MeasuredJvm.flags(heapMb, true);
    }

    /**
     * Runs a main class to its end.
     *
     * @param heapMb    size of its heap in MiB.
     * @param main      of this class path.
     * @param arguments of the main class.
     * @param results   get its lines.
     * @return whether it ended well.
     * @throws IOException          when it can't be started or read.
     * @throws InterruptedException when the thread is interrupted; the process then ends.
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

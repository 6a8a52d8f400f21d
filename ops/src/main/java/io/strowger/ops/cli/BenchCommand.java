package io.strowger.ops.cli;

import io.strowger.ops.console.Console;
import io.strowger.ops.console.FailedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the benchmarks in a process of their own: they need a JVM that has done nothing else.
 */
@Command(name = "bench", description = "The benchmarks: each beside its yardstick, in the same run.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME|all|plot", description = "which one; plot draws charts of saved results")
    private String name;

    @Option(names = "--quick", description = "seconds in place of minutes: shows that it runs, its figures mean little")
    private boolean quick;

    @Option(names = "--format", paramLabel = "text|json", description = "text (where nothing is said), or one JSON object a result")
    private OutputFormat format;

    @Option(names = "--set", paramLabel = "SIZE=NUMBER", description = "another size than the benchmark's own, as sessions=1000000")
    private List<String> sizes = List.of();

    @Parameters(index = "1..*", paramLabel = "RESULT", description = "with plot: files or folders of saved results, to draw charts of")
    private List<Path> results = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "with plot: folder for the charts")
    private Path out;

    BenchCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final String rootPath = System.getenv("STROWGER_ROOT");
        final Path root = Path.of(null == rootPath ? "." : rootPath).toAbsolutePath().normalize();
        final Path jar = root.resolve("bench/target/bench.jar");
        if (!Files.isRegularFile(jar)) {
            throw new FailedException("not built, there is no " + jar + ": build it with mvn -B -q -DskipTests package");
        }
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("-D") || flag.startsWith("--") || flag.startsWith("-Xlog")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-jar", jar.toString(), name));
        command.addAll(arguments());
        console.out().flush();
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** What stands behind the name; what does not go with it is refused by the benchmarks. */
    private List<String> arguments() {
        final List<String> arguments = new ArrayList<>();
        if (null != format) {
            arguments.addAll(List.of("--format", format.name().toLowerCase(Locale.ROOT)));
        }
        if (quick) {
            arguments.add("--quick");
        }
        for (final String size : sizes) {
            arguments.addAll(List.of("--set", size));
        }
        results.forEach(result -> arguments.add(result.toString()));
        if (null != out) {
            arguments.addAll(List.of("--out", out.toString()));
        }
        return arguments;
    }
}

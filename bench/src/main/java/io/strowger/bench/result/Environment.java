package io.strowger.bench.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the results of a run hold for: processor, cores, memory, kernel, JDK and flags, disk, its file system and read-ahead, clock, commit,
 * command, load.
 *
 * <p>A number without these is worth nothing, so each saved result has them beside it. What can't be found out is {@code unknown}.
 */
public final class Environment {
    private static final String UNKNOWN = "unknown";

    private final Map<String, String> facts = new LinkedHashMap<>();

    private Environment() {
    }

    /**
     * Looks at this machine.
     *
     * @param dataFolder where the journals of the run are written.
     * @param sources    a folder of the checkout, to find the commit.
     * @param command    as it was given.
     * @param jvmFlags   of the measured processes.
     * @return what was found.
     */
    public static Environment of(final Path dataFolder, final Path sources, final String command, final String jvmFlags) {
        final Environment environment = new Environment();
        final Map<String, String> facts = environment.facts;
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", commit(sources));
        facts.put("command", command);
        facts.put("cpu", field(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", field(Path.of("/proc/meminfo"), "MemTotal"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("flags", jvmFlags);
        facts.put("disk", disk(dataFolder));
        facts.put("read_ahead_kb", readAhead(dataFolder));
        facts.put("clock_source", first(Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource")));
        facts.put("huge_pages", first(Path.of("/sys/kernel/mm/transparent_hugepage/enabled")));
        facts.put("load_average", Double.toString(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return environment;
    }

    /**
     * The short commit the results belong to, with {@code -dirty} behind it when the tree has changes.
     *
     * @return {@code unknown} outside of a checkout.
     */
    public String commit() {
        return facts.get("commit");
    }

    /**
     * The folder that keeps what was measured on this day at this commit.
     *
     * @param results folder of all runs.
     * @return as RESULTS/2026-11-25-cf5b85d0a1.
     */
    public Path folder(final Path results) {
        return results.resolve(facts.get("date").substring(0, 10) + "-" + commit());
    }

    /**
     * All of it as text.
     *
     * @return lines of {@code name: value}.
     */
    public String toText() {
        final StringBuilder text = new StringBuilder();
        facts.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String commit(final Path sources) {
        final String head = output(sources, "git", "rev-parse", "--short=10", "HEAD");
        if (head.isEmpty()) {
            return UNKNOWN;
        }
        return output(sources, "git", "status", "--porcelain", "--untracked-files=no").isEmpty() ? head : head + "-dirty";
    }

    private static String output(final Path folder, final String... command) {
        try {
            final Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return 0 == process.waitFor() ? text.strip() : "";
        } catch (final IOException e) {
            return "";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String field(final Path file, final String name) {
        try {
            return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst().orElse(UNKNOWN);
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    private static String first(final Path file) {
        try {
            return Files.readString(file).strip();
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    private static String disk(final Path folder) {
        try {
            final FileStore store = Files.getFileStore(folder);
            return store.type() + " on " + store.name() + ", " + (store.getUsableSpace() >> 30) + " GiB free";
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    /** The device itself, or for a partition the disk it lies on, has the number. */
    private static String readAhead(final Path folder) {
        try {
            final long device = ((Number)Files.getAttribute(folder, "unix:dev")).longValue();
            final long major = (device >>> 8) & 0xFFF;
            final long minor = (device & 0xFF) | ((device >>> 12) & 0xFFF00);
            final Path block = Path.of("/sys/dev/block/" + major + ":" + minor).toRealPath();
            final Path own = block.resolve("queue/read_ahead_kb");
            final Path file = Files.exists(own) ? own : block.resolveSibling("queue/read_ahead_kb");
            return Files.readString(file).strip();
        } catch (final IOException | UnsupportedOperationException e) {
            return UNKNOWN;
        }
    }
}

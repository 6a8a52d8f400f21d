package io.strowger.ops.format;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strowger.ops.JsonLines;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One run of the reader in Python, and what came of it.
 *
 * @param exitCode of it.
 * @param lines    that it printed, as maps.
 * @param err      what it printed as errors.
 */
record PythonReader(int exitCode, List<Map<String, Object>> lines, String err) {
    private static final Path SCRIPT = Path.of("..", "persistence", "docs", "read_journal.py");

    /** Set by .ci/run, which installs Python: then a missing one is a failure. */
    private static final String REQUIRED = "STROWGER_TEST_PYTHON_REQUIRED";

    /** Skips the test when there is no Python here, unless it is required. */
    static void assumePython() throws InterruptedException {
        boolean isThere = false;
        try {
            isThere = 0 == new ProcessBuilder("python3", "--version").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (final IOException ex) {
            if (null != System.getenv(REQUIRED)) {
                fail("no python3: " + ex.getMessage());
            }
        }
        assumeTrue(isThere, "no python3 here");
    }

    static PythonReader of(final Path journal, final String... options) throws IOException, InterruptedException {
        final List<String> words = new ArrayList<>(List.of("python3", SCRIPT.toString()));
        if (null != journal) {
            words.add(journal.toString());
        }
        words.addAll(List.of(options));
        final File out = File.createTempFile("reader", ".out");
        final File err = File.createTempFile("reader", ".err");
        try {
            final int exitCode = new ProcessBuilder(words).redirectOutput(out).redirectError(err).start().waitFor();
            return new PythonReader(exitCode, JsonLines.parse(Files.readAllLines(out.toPath())), Files.readString(err.toPath()));
        } finally {
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }

    List<Object> sequences() {
        return lines.stream().map(line -> line.get("sequence")).toList();
    }
}

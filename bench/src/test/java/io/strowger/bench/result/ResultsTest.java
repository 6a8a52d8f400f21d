package io.strowger.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final ResultLine FOLD = ResultLine.alone("fold", "fold", new Spread(2, 1, 3), "ns/op");
    private static final ResultLine AMI = ResultLine.alone("ami", "strowger", new Spread(500, 400, 600), "MB/s");

    @TempDir
    private Path folder;

    @Test
    void shouldPrintEachResultAsItComes() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Results results = new Results(new PrintStream(out, false, StandardCharsets.UTF_8), true);
        results.add(FOLD);
        assertEquals(FOLD.toJson(), out.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void shouldKeepEachBenchmarkBesideItsEnvironment() throws IOException {
        final Results results = new Results(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8), false);
        results.add(FOLD);
        results.add(AMI);
        final Environment environment = Environment.of(folder, folder, "bench all", "-Xmx1g");
        results.save(folder, environment);
        assertEquals(List.of(FOLD.toJson()), Files.readAllLines(folder.resolve("fold.jsonl")));
        assertEquals(List.of(AMI.toText()), Files.readAllLines(folder.resolve("ami.txt")));
        assertEquals(environment.toText(), Files.readString(folder.resolve("ami.environment.txt")));
    }

    @Test
    void shouldKeepNotesBehindTheFiguresOfTheirBenchmark() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Results results = new Results(new PrintStream(out, false, StandardCharsets.UTF_8), true);
        final ResultNote note = new ResultNote("fold", "a \"peer\"", "not run: it is not installed");
        results.add(note);
        results.add(FOLD);
        results.add(AMI);
        results.save(folder, Environment.of(folder, folder, "bench all", "-Xmx1g"));
        final String json = "{\"bench\":\"fold\",\"case\":\"a \\\"peer\\\"\",\"note\":\"not run: it is not installed\"}";
        assertEquals(json, out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
        assertEquals(List.of(FOLD.toJson(), json), Files.readAllLines(folder.resolve("fold.jsonl")));
        assertEquals(List.of(FOLD.toText(), note.toText()), Files.readAllLines(folder.resolve("fold.txt")));
        assertEquals(List.of(AMI.toJson()), Files.readAllLines(folder.resolve("ami.jsonl")));
        assertEquals(List.of(note), results.notes());
    }

    @Test
    void shouldNameWhatResultsHoldFor() {
        final String text = Environment.of(folder, folder, "bench fold", "-Xmx1g").toText();
        for (final String name : List.of("date", "commit", "command", "cpu", "cores", "memory", "kernel", "jdk", "flags", "disk",
            "read_ahead_kb", "clock_source", "huge_pages", "load_average")) {
            assertTrue(text.contains(name + ": "), name + " is missing in " + text);
        }
        assertTrue(text.contains("command: bench fold\n"));
        assertFalse(text.contains("cores: 0"));
    }

    @Test
    void shouldNameTheFolderOfARunByDayAndCommit() {
        final String name = Environment.of(folder, Path.of("/"), "bench fold", "").folder(folder).getFileName().toString();
        assertTrue(name.matches("\\d{4}-\\d{2}-\\d{2}-unknown"), name);
    }

    @Test
    void shouldSayUnknownWhenThereIsNoCheckout() {
        assertEquals("unknown", Environment.of(folder, Path.of("/"), "bench fold", "").commit());
    }
}

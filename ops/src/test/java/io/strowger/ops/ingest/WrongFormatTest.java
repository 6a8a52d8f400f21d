package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import io.strowger.ops.captures.EslCapture;
import io.strowger.ops.captures.ProxyCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of another format is said to be one, and is no success. */
class WrongFormatTest {
    private static final long SEED = 20_261_126;

    @TempDir
    private Path folder;
    private int journals;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ami", "esl", "kamailio", "action-url", "jsonl", "sbe"})
    void shouldFailWhenNothingInFileIsOfTheFormat(final String format) throws IOException {
        final Map<String, Path> files = files();
        for (final Map.Entry<String, Path> file : files.entrySet()) {
            final Run run = ingest(format, file.getValue());
            final boolean isOfFormat = file.getKey().equals(format) || (isHttp(file.getKey()) && "action-url".equals(format));
            assertEquals(isOfFormat ? 0 : 1, run.exitCode(), () -> file.getKey() + " as " + format + ": " + run.err());
            assertEquals(!isOfFormat, run.err().contains("nothing in " + file.getValue() + " is " + format), run.err());
            assertTrue(run.lastLine().startsWith("position "), run.out());
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ami", "esl", "kamailio", "action-url", "jsonl", "sbe"})
    void shouldBeFineWhenFileIsEmpty(final String format) throws IOException {
        final Run run = ingest(format, Files.createFile(folder.resolve("empty")));
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
    }

    /** What the journal has of a source is told by a place in its files: another file would be taken for what it has, and be lost. */
    @Test
    void shouldFailAndTakeNothingWhenAnotherFileIsGivenForTheSameSource() throws IOException {
        final String journal = folder.resolve("one").toString();
        final String first = new Capture("06-blind-transfer").unpack("", Files.createDirectory(folder.resolve("a"))).toString();
        final String other = new Capture("02-busy").unpack("", Files.createDirectory(folder.resolve("b"))).toString();
        final String done = Run.of("ingest", first, "--format", "ami", "--source", "pbx-1", "--journal", journal).lastLine();
        for (final List<String> files : List.of(List.of(other), List.of(other, first))) {
            final List<String> arguments = new ArrayList<>(List.of("ingest", "--format", "ami", "--source", "pbx-1", "--journal", journal));
            arguments.addAll(files);
            final Run run = Run.of(arguments.toArray(String[]::new));
            assertEquals(1, run.exitCode(), run.err());
            assertTrue(run.err().contains("nothing ends there in the files given"), run.err());
        }
        final Run more = Run.of("ingest", first, other, "--format", "ami", "--source", "pbx-1", "--journal", journal);
        assertEquals(0, more.exitCode(), more.err());
        assertTrue(Run.of("tail", journal).out().contains("busy"), "the second file is taken behind the first");
        assertTrue(!done.equals(more.lastLine()));
    }

    @Test
    void shouldTakeTheOthersWhenOneFileIsOfAnotherFormat() throws IOException {
        final Path wrong = Files.writeString(folder.resolve("wrong.raw"), "GET / HTTP/1.1\r\n\r\n");
        final Path good = new Capture("02-busy").unpack("", folder);
        final Run run = ingest("ami", wrong, good);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("nothing in " + wrong + " is ami"), run.err());
        assertEquals(1, run.err().lines().filter(line -> line.contains("nothing in")).count(), run.err());
        final String events = Run.of("tail", folder.resolve("journal-1").toString()).out();
        assertTrue(events.contains("call.cleared"), events);
    }

    /** Any request may be a phone's: a phone can be told to send what its owner likes. */
    private static boolean isHttp(final String file) {
        return "action-url".equals(file) || "http".equals(file);
    }

    private Map<String, Path> files() throws IOException {
        final Map<String, Path> files = new LinkedHashMap<>();
        files.put("ami", new Capture("02-busy").unpack("", folder));
        files.put("esl", EslCapture.unpack("02-busy", Files.createDirectory(folder.resolve("fs"))).connections(false).get(0));
        files.put("kamailio", ProxyCapture.unpack("01-answered", Files.createDirectory(folder.resolve("proxy"))).evapi().get(0));
        files.put("action-url", Files.writeString(folder.resolve("phone.raw"), "GET /phone?event=registered HTTP/1.1\r\nHost: x\r\n\r\n"));
        files.put("jsonl", Files.writeString(folder.resolve("signals.jsonl"),
            "{\"specversion\":\"1.0\",\"type\":\"signal.leg-state\",\"data\":{\"nativeId\":\"1\"}}\n"));
        files.put("text", Files.writeString(folder.resolve("notes.txt"), "Dear all,\n\nthese are notes: of no call.\n\n"));
        final byte[] noise = new byte[100_000];
        new Random(SEED).nextBytes(noise);
        files.put("noise", Files.write(folder.resolve("noise"), noise));
        return files;
    }

    private Run ingest(final String format, final Path... streams) {
        final List<String> args = new ArrayList<>(List.of("ingest"));
        for (final Path stream : streams) {
            args.add(stream.toString());
        }
        args.addAll(List.of("--format", format, "--source", "101", "--journal", folder.resolve("journal-" + ++journals).toString()));
        return Run.of(args.toArray(new String[0]));
    }
}

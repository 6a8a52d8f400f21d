package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import io.strowger.codecs.json.SignalJson;
import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import io.strowger.ops.captures.Capture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same facts give the same events, whatever format they come in. */
class FormatsTest {
    private static final long ARRIVAL_NS = 1_795_624_150_000_000_000L;

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream sbe = new ByteArrayOutputStream();
    private final StringBuilder jsonl = new StringBuilder();

    @Test
    void shouldGiveSameEventsWhenFactsComeAsSbeOrJson() throws IOException {
        translate();
        final Path sbeFile = Files.write(folder.resolve("facts.sbe"), sbe.toByteArray());
        final Path jsonFile = Files.writeString(folder.resolve("facts.jsonl"), jsonl);
        final List<String> sbeTypes = types("sbe", ingest("sbe", sbeFile));
        assertTrue(sbeTypes.containsAll(List.of("call.failed", "call.cleared")), sbeTypes.toString());
        assertEquals(sbeTypes, types("jsonl", ingest("jsonl", jsonFile)));
    }

    @Test
    void shouldCountAndGoOnWhenLineIsNoSignal() throws IOException {
        translate();
        final List<String> lines = new ArrayList<>(jsonl.toString().lines().toList());
        lines.add(3, "{\"this is\":\"no signal\"}");
        lines.add(5, "");
        lines.add(7, "x".repeat(100_000));
        final Path jsonFile = Files.writeString(folder.resolve("facts.jsonl"), String.join("\n", lines) + "\n{\"half");
        final Run run = ingest("jsonl", jsonFile);
        assertTrue(run.err().startsWith("ingest: " + jsonFile + ":4: column "), run.err());
        assertTrue(run.err().contains("ingest: " + jsonFile + ":8: longer than 65536 bytes"), run.err());
        assertTrue(run.err().contains(":" + (lines.size() + 1) + ": the last line has no end"), run.err());
        assertTrue(run.err().contains("ingest: 3 lines that are no signal"), run.err());
        assertTrue(types("jsonl", run).contains("call.cleared"));
    }

    @Test
    void shouldTellFirstTenBadLinesByFileWhenThereAreMore() throws IOException {
        final Path first = Files.writeString(folder.resolve("first.jsonl"), "\n[]\n".repeat(8));
        final Path second = Files.writeString(folder.resolve("second.jsonl"), "{}\n".repeat(8));
        final Run run = Run.of("ingest", first.toString(), second.toString(), "--format", "jsonl", "--source", "client", "--journal",
            folder.resolve("journal").toString());
        final List<String> told = run.err().lines().filter(line -> line.contains(".jsonl:")).toList();
        assertEquals(10, told.size(), run.err());
        assertTrue(told.get(7).startsWith("ingest: " + first + ":16: "), run.err());
        assertTrue(told.get(9).startsWith("ingest: " + second + ":2: "), run.err());
        assertTrue(run.err().contains("ingest: 16 lines that are no signal"), run.err());
    }

    @Test
    void shouldSayWhatTheJournalHadAlready() throws IOException {
        translate();
        final Path file = Files.write(folder.resolve("facts.sbe"), sbe.toByteArray());
        assertEquals("", ingest("sbe", file).err());
        final String again = ingest("sbe", file).err();
        assertTrue(again.matches("ingest: [1-9]\\d* facts were in the journal already\\R"), again);
    }

    @Test
    void shouldStopStreamWhenLengthCannotBeOne() throws IOException {
        translate();
        sbe.write(new byte[] {(byte)0xFF, (byte)0xFF, (byte)0xFF, 0x7F, 1, 2, 3});
        final Run run = ingest("sbe", Files.write(folder.resolve("facts.sbe"), sbe.toByteArray()));
        assertTrue(run.err().contains("1 stream with a length that can't be one"), run.err());
        assertTrue(types("sbe", run).contains("call.cleared"));
    }

    @Test
    void shouldCountHalfSignalWhenStreamEndsInIt() throws IOException {
        translate();
        final byte[] bytes = sbe.toByteArray();
        final Run run = ingest("sbe", Files.write(folder.resolve("facts.sbe"), Arrays.copyOf(bytes, bytes.length - 1)));
        assertTrue(run.err().contains("1 half signal at the end of a file"), run.err());
    }

    @Test
    void shouldCountSignalWhenItsFormIsRefused() throws IOException {
        translate();
        final ByteBuffer wrong = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        wrong.putInt(40).putShort((short)32).putShort((short)9999).putShort((short)4711).putShort((short)1);
        sbe.write(wrong.array());
        final Run run = ingest("sbe", Files.write(folder.resolve("facts.sbe"), sbe.toByteArray()));
        assertTrue(run.err().contains("1 signal not taken for its form: strowger tail --raw shows"), run.err());
        final String journal = folder.resolve("journal-sbe").toString();
        final List<String> text = Run.of("tail", journal, "--raw").lines();
        assertTrue(text.stream().anyMatch(line -> line.contains("(rejected: unknown-template) SourceReject")), text.toString());
        final Map<String, Object> reject = JsonLines.parse(Run.of("tail", journal, "--raw", "--format", "json").lines()).stream()
            .filter(record -> "record.rejected".equals(record.get("type"))).findFirst().orElseThrow();
        assertEquals("unknown-template", ((Map<?, ?>)reject.get("data")).get("reason"));
        assertEquals(run.lastLine(), Run.of("replay", journal).lastLine());
        final Run again = ingest("sbe", folder.resolve("facts.sbe"));
        assertEquals(run.lastLine(), again.lastLine(), "a refusal is known when the file is read again");
    }

    private void translate() {
        final AmiTranslator translator = new AmiTranslator(AmiSettings.of(77, 5));
        final SignalJson json = new SignalJson();
        final byte[] stream = new Capture("02-busy").bytes("lean/rx.raw");
        translator.connected(0);
        translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, ARRIVAL_NS, (buffer, offset, length) -> {
            final byte[] signal = new byte[length];
            buffer.getBytes(offset, signal);
            sbe.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
            sbe.writeBytes(signal);
            jsonl.append(json.write(buffer, offset, length)).append('\n');
            return true;
        });
    }

    private Run ingest(final String format, final Path file) {
        final Run run = Run.of("ingest", file.toString(), "--format", format, "--source", "client", "--journal",
            folder.resolve("journal-" + format).toString());
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private List<String> types(final String format, final Run ingested) {
        assertTrue(ingested.lastLine().startsWith("position "));
        final Run tail = Run.of("tail", folder.resolve("journal-" + format).toString(), "--format", "json");
        assertEquals(0, tail.exitCode(), tail.err());
        return JsonLines.parse(tail.lines()).stream().map(event -> (String)event.get("type")).toList();
    }
}

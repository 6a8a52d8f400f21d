package io.strowger.ops.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.json.JsonSignalException;
import io.strowger.codecs.json.SignalJson;
import io.strowger.codecs.sbe.EventType;
import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the mapping guide give every event there is but the result of an action, as JSON and as SBE. */
class MappingGuideTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGiveEveryEventWhenLinesOfGuideAreIngested() throws IOException {
        final Path file = Files.write(folder.resolve("my.jsonl"), GuideLines.read());
        final Run run = ingest("jsonl", file);
        assertEquals("", run.err());
        final Set<String> told = JsonLines.parse(Run.of("tail", journal("jsonl"), "--format", "json").lines()).stream()
            .map(event -> (String)event.get("type")).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(allTypes(), told);
    }

    @Test
    void shouldGiveSameEventsWhenLinesComeAsSbe() throws IOException, JsonSignalException {
        ingest("jsonl", Files.write(folder.resolve("my.jsonl"), GuideLines.read()));
        ingest("sbe", Files.write(folder.resolve("my.sbe"), sbe()));
        assertEquals(events("jsonl"), events("sbe"));
        assertTrue(events("sbe").size() > GuideLines.read().size() / 2);
    }

    @Test
    void shouldListTheWordsOfTheCodesAsTheSchemaHasThem() throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("docs", "mapping.md"));
        int listed = 0;
        for (final String line : lines.subList(lines.indexOf("## The words of the codes"), lines.size())) {
            if (line.startsWith("- ")) {
                final String name = line.substring(2, line.indexOf(':'));
                final String words = SignalCatalog.current().codeLists().get(name).values().values().stream()
                    .map(word -> word.toLowerCase(Locale.ROOT).replace('_', '-')).collect(Collectors.joining(", "));
                assertEquals("- " + name + ": " + words, line);
                listed++;
            }
        }
        assertTrue(listed > 20, "the guide lists them");
    }

    private byte[] sbe() throws IOException, JsonSignalException {
        final SignalJson json = new SignalJson();
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalJson.MAX_EVENT_LENGTH]);
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (final String line : GuideLines.read()) {
            final int length = json.read(line, signal, 0);
            stream.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
            stream.write(signal.byteArray(), 0, length);
        }
        return stream.toByteArray();
    }

    private Run ingest(final String format, final Path file) {
        final Run run = Run.of("ingest", file.toString(), "--format", format, "--source", "my", "--journal", journal(format));
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private String journal(final String format) {
        return folder.resolve("journal-" + format).toString();
    }

    /** The events but for the times of hello and end, which are those of the files. */
    private List<String> events(final String format) {
        return JsonLines.parse(Run.of("tail", journal(format), "--format", "json").lines()).stream()
            .map(event -> event.get("id") + " " + event.get("type") + " " + event.get("subject") + " " + event.get("data")).toList();
    }

    private static Set<String> allTypes() {
        final Set<EventType> types = EnumSet.allOf(EventType.class);
        types.removeAll(EnumSet.of(EventType.NULL_VAL, EventType.SBE_UNKNOWN, EventType.ACTION_RESULT));
        return types.stream().map(MappingGuideTest::nameOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** SCREEN_SHARING_STARTED is screen-sharing.started. */
    private static String nameOf(final EventType type) {
        final String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return name.startsWith("screen-sharing-") ? name.replace("screen-sharing-", "screen-sharing.") : name.replaceFirst("-", ".");
    }
}

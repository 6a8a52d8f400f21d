package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Order, cause, reason and partners of the events of a FreeSWITCH capture, the same from its plain and its JSON stream. */
class EslStoriesTest {
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("stories")
    void shouldTellWhatHappenedWhenCaptureIsIngested(
        final String name, final String form, final List<String> story, @TempDir final Path folder) {
        final EslCapture capture = EslCapture.unpack(name, folder);
        final List<Path> connections = capture.connections("json".equals(form));
        final List<String> told = events(connections, folder).stream()
            .filter(event -> event.type().matches("(call|group|history|message|user|fax)\\..*|source\\.restarted")
                && !"call.updated".equals(event.type()))
            .map(Stories::line).toList();
        // the second connection was recorded in the plain form only
        final boolean isWhole = connections.size() == capture.connections(false).size();
        assertTrue(isWhole || told.size() > 5, () -> "told: " + told);
        assertEquals(String.join("\n", isWhole ? story : story.subList(0, told.size())), String.join("\n", told));
    }

    static List<Event> events(final List<Path> streams, final Path folder) {
        final String journal = folder.resolve("journal").toString();
        final List<String> words = new ArrayList<>(List.of("ingest"));
        streams.forEach(stream -> words.add(stream.toString()));
        words.addAll(List.of("--format", "esl", "--source", "fs-1", "--journal", journal));
        final Run ingest = Run.of(words.toArray(new String[0]));
        assertEquals(0, ingest.exitCode(), ingest.err());
        return JsonLines.parse(Run.of("tail", journal, "--format", "json").lines()).stream().map(Event::new).toList();
    }

    static Stream<Object[]> stories() throws IOException {
        final Map<String, List<String>> stories = Stories.read("/captures/freeswitch/stories.txt");
        assertTrue(stories.size() > 15, () -> "stories: " + stories.size());
        return stories.entrySet().stream().flatMap(story -> Stream.of("plain", "json")
            .map(form -> new Object[] {story.getKey(), form, story.getValue()}));
    }
}

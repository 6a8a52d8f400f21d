package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Order, cause, reason and partners of the events of a capture, against what its expected.md tells. */
class StoriesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void shouldTellWhatHappenedWhenCaptureIsIngested(final String name, final List<String> story, @TempDir final Path folder) {
        final String journal = folder.resolve("journal").toString();
        final Run ingest = Run.of("ingest", new Capture(name).unpack("", folder).toString(), "--format", "ami", "--source", "pbx-1",
            "--journal", journal);
        assertEquals(0, ingest.exitCode(), ingest.err());
        final List<String> told = JsonLines.parse(Run.of("tail", journal, "--format", "json").lines()).stream().map(Event::new)
            .filter(event -> event.type().matches("(call|group|history|chat|fax)\\..*") && !"call.updated".equals(event.type()))
            .map(Stories::line).toList();
        assertEquals(String.join("\n", story), String.join("\n", told));
    }

    static Stream<Object[]> stories() throws IOException {
        final Map<String, List<String>> stories = Stories.read("/captures/stories.txt");
        assertTrue(stories.size() > 20, () -> "stories: " + stories.size());
        return stories.entrySet().stream().map(story -> new Object[] {story.getKey(), story.getValue()});
    }
}

package io.strowger.ops.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A leg ends once, whichever of the events of its end were lost (pains C8), and so does what it was in (pains F1).
 */
class EslEndsTest {
    private static final Pattern FRAME = Pattern.compile("Content-Length: (\\d+)\nContent-Type: text/event-plain\n\n");

    @ParameterizedTest
    @ValueSource(strings = {"CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY",
        "CHANNEL_HANGUP_COMPLETE|CHANNEL_DESTROY", "CHANNEL_HANGUP|CHANNEL_DESTROY", "CHANNEL_HANGUP|CHANNEL_HANGUP_COMPLETE"})
    void shouldEndEachLegOnceWhenEventsOfItsEndAreLost(final String lost, @TempDir final Path folder) throws IOException {
        final List<Event> events = told("01-answered", "Event-Name: (" + lost + ")", folder);
        assertEquals(List.of("101 normal", "102 normal"), events.stream().filter(event -> "call.cleared".equals(event.type()))
            .map(event -> event.text("localUser") + " " + event.text("cause")).sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-offering", "bridge-agent-fail"})
    void shouldEndAStayWithItsLegWhenTheQueueDoesNotTellItsEnd(final String lost, @TempDir final Path folder) throws IOException {
        final List<Event> events = told("12-queue-abandon", "(?s).*CC-Action: (member-queue-end|" + lost + ")", folder);
        assertEquals(List.of("abandoned"), events.stream().filter(event -> "call.dequeued".equals(event.type()))
            .map(event -> event.text("reason")).toList());
    }

    /** The events of a capture without those that begin like this. */
    private static List<Event> told(final String name, final String lost, final Path folder) throws IOException {
        final Path stream = EslCapture.unpack(name, folder).connections(false).get(0);
        final String whole = Files.readString(stream, StandardCharsets.ISO_8859_1);
        final Pattern begin = Pattern.compile(lost + "\n");
        final StringBuilder left = new StringBuilder();
        final Matcher frame = FRAME.matcher(whole);
        int at = 0;
        while (frame.find(at)) {
            final int end = frame.end() + Integer.parseInt(frame.group(1));
            left.append(whole, at, frame.start());
            if (!begin.matcher(whole.substring(frame.end(), end)).lookingAt()) {
                left.append(whole, frame.start(), end);
            }
            at = end;
        }
        left.append(whole.substring(at));
        final Path without = Files.createDirectory(folder.resolve("without"));
        return EslStoriesTest.events(
            List.of(Files.writeString(without.resolve("rx.raw"), left, StandardCharsets.ISO_8859_1)), folder);
    }
}

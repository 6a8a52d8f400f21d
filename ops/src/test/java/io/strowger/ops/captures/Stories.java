package io.strowger.ops.captures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in captures, as a resource tells it: a line {@code == name: what it is} begins the story of a capture, each line behind it
 * is an event, as {@link #line} writes it.
 */
final class Stories {
    private static final List<String> SAID = List.of("group", "cause", "reason", "by", "from", "to", "reference", "text");

    private Stories() {
    }

    /**
     * Reads a resource.
     *
     * @return the lines of the events by the name of the capture, both in order.
     * @throws IOException when it can't be read.
     */
    static Map<String, List<String>> read(final String resource) throws IOException {
        final Map<String, List<String>> stories = new LinkedHashMap<>();
        try (InputStream text = Stories.class.getResourceAsStream(resource)) {
            List<String> story = List.of();
            for (final String line : new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("== ")) {
                    story = new ArrayList<>();
                    stories.put(line.substring(3, line.indexOf(':')), story);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    story.add(line);
                }
            }
        }
        return stories;
    }

    /** An event as a story tells it: who, what, the other party, and what else it says. */
    static String line(final Event event) {
        final StringBuilder line = new StringBuilder(null == event.text("localUser") ? "-" : event.text("localUser"));
        line.append(' ').append(event.type());
        if (null != event.text("remoteParty")) {
            line.append(' ').append(event.text("remoteParty"));
        }
        for (final String field : SAID) {
            if (null != event.text(field)) {
                line.append(' ').append(field).append('=').append(event.text(field).replace("\n", "\\n"));
            }
        }
        return line.toString();
    }
}

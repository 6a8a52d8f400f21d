package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AMI actions of the tests: their settings, and a reader of what is written that has nothing to do with the writer.
 */
final class AmiCommands {
    private static final int MAX_LINE = 1024;

    private AmiCommands() {
    }

    /** Settings with everything that an action can need. */
    static AmiActionSettings settings(final ActionLimits limits) {
        return new AmiActionSettings(limits).context("internal").trunk("PJSIP/{number}@trunk").parkNumber("700");
    }

    /** The headers of one action, which must be one whole action and nothing else. */
    static Map<String, String> parse(final String command) {
        final Map<String, String> headers = new LinkedHashMap<>();
        assertTrue(command.endsWith("\r\n\r\n"), command);
        for (final String line : command.substring(0, command.length() - 4).split("\r\n", -1)) {
            final int colon = line.indexOf(": ");
            assertTrue(colon > 0, "no header: " + line);
            assertFalse(line.chars().anyMatch(sign -> sign < ' '), "a control character: " + line);
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length + 2 <= MAX_LINE);
            assertEquals(null, headers.put(line.substring(0, colon), line.substring(colon + 2)), "twice: " + line);
        }
        assertEquals("Action", headers.keySet().iterator().next());
        return headers;
    }

    /** The lines of what must be one whole action and nothing else, as the server splits its bytes: at CR LF, and at nothing else. */
    static List<byte[]> lines(final byte[] command) {
        final List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < command.length; at++) {
            if ('\r' == command[at]) {
                assertTrue(at + 1 < command.length && '\n' == command[at + 1], "a CR alone");
                lines.add(Arrays.copyOfRange(command, from, at));
                assertTrue(at - from + 2 <= MAX_LINE, "a line is too long");
                at++;
                from = at + 1;
            } else {
                assertTrue(command[at] < 0 || command[at] >= ' ', "a control character: " + command[at]);
            }
        }
        assertEquals(command.length, from, "a line without its end");
        assertEquals(0, lines.remove(lines.size() - 1).length, "the empty line at the end");
        assertTrue(lines.stream().allMatch(line -> new String(line, StandardCharsets.ISO_8859_1).indexOf(": ") > 0), "a line is no header");
        return lines;
    }
}

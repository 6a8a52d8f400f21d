package io.strowger.codecs.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import java.util.LinkedHashMap;
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
            assertTrue(line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 2 <= MAX_LINE);
            assertEquals(null, headers.put(line.substring(0, colon), line.substring(colon + 2)), "twice: " + line);
        }
        assertEquals("Action", headers.keySet().iterator().next());
        return headers;
    }
}

package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The fields of actions are those of the schema.
 */
final class ActionFieldsTest {
    private final ActionFields fields = new ActionFields();

    @Test
    void shouldReadEveryTextOfEveryTemplate() {
        assertEquals(14, Actions.ALL.size());
        for (final String template : Actions.ALL) {
            final Actions action = Actions.of(template).value("deadline", 42);
            action.textNames().forEach(name -> action.text(name, "the " + name));
            final UnsafeBuffer signal = action.signal();
            assertTrue(fields.wrap(signal, 0, signal.capacity(), ResultLog.NOW_NS), template);
            assertEquals(42, fields.deadlineNs());
            for (final ActionText text : ActionText.values()) {
                final String name = camel(text);
                final String wanted = action.textNames().contains(name) ? "the " + name : "";
                final String read = new String(fields.bytes(), fields.offset(text), fields.length(text), StandardCharsets.UTF_8);
                assertEquals(wanted, read, template + " " + text);
                assertEquals(!wanted.isEmpty(), fields.has(text));
            }
        }
    }

    @Test
    void shouldReadTheFieldsThatOnlySomeTemplatesHave() {
        UnsafeBuffer signal = Actions.of("HangUp").value("causeCode", 17).signal();
        assertTrue(fields.wrap(signal, 0, signal.capacity(), ResultLog.NOW_NS));
        assertEquals(17, fields.causeCode());
        signal = Actions.of("TransferCall").value("kind", 1).signal();
        assertTrue(fields.wrap(signal, 0, signal.capacity(), ResultLog.NOW_NS));
        assertTrue(fields.isAttended());
        assertTrue(fields.causeCode() < 0);
        signal = Actions.of("TransferCall").value("kind", 0).signal();
        assertTrue(fields.wrap(signal, 0, signal.capacity(), ResultLog.NOW_NS));
        assertFalse(fields.isAttended());
    }

    private static String camel(final ActionText text) {
        final String[] words = text.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words.length == 1 ? words[0] : words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
    }
}

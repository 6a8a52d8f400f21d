package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a text may hold.
 */
final class TextRuleTest {
    private static final TextRule ANY = TextRule.of(TextRule.ALL_SIGNS, TextRule.ALL_SIGNS, 1024);
    private static final TextRule PATH = TextRule.path(40);

    @Test
    void shouldLetNamesOfAllTonguesPass() {
        for (final String name : new String[] {"Zoë Ångström", "Łódź", "王小明", "Ελένη", "Умка", "😀 smile", "O'Brien"}) {
            assertNull(check(ANY, name), name);
        }
    }

    @Test
    void shouldRefuseEveryControlCharacterByWhateverRule() {
        for (int i = 0; i < 0x20; i++) {
            assertEquals(ActionRefusal.BAD_CHARACTER, check(ANY, "a" + (char)i + "b"), "character " + i);
        }
        assertEquals(ActionRefusal.BAD_CHARACTER, check(ANY, "a\u007F"));
        assertEquals(ActionRefusal.BAD_CHARACTER, check(ANY, "\uFEFFa"), "byte order mark");
        for (final String end : new String[] {"\u0080", "\u0085", "\u009F", "\u2028", "\u2029"}) {
            assertEquals(ActionRefusal.BAD_CHARACTER, check(ANY, "a" + end + "b"));
        }
    }

    @Property(tries = 2_000)
    void shouldTakeBeyondAsciiExactlyWhatIsUtf8(@ForAll @Size(max = 8) final byte[] bytes) {
        boolean isAscii = true;
        for (final byte value : bytes) {
            isAscii &= value >= 0;
        }
        if (!isAscii) {
            boolean isUtf8 = true;
            try {
                StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
            } catch (final CharacterCodingException e) {
                isUtf8 = false;
            }
            final ActionRefusal refusal = ANY.check(bytes, 0, bytes.length);
            if (!isUtf8) {
                assertNotNull(refusal);
            } else {
                assertEquals(false, ActionRefusal.NOT_UTF8 == refusal);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.tif", "2026/11/call_7.wav", "a..b", "_x"})
    void shouldTakeAPathBelowAFolder(final String path) {
        assertNull(check(PATH, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../x", "a/../x", "a//b", "a/", ".hidden", "a/.b", "-x", "a,b", "a|b", "a&b", "a^b", "~x"})
    void shouldRefuseAPathThatLeadsElsewhere(final String path) {
        assertEquals(ActionRefusal.BAD_CHARACTER, check(PATH, path));
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertNull(check(PATH, "a".repeat(40)));
        assertEquals(ActionRefusal.TOO_LONG, check(PATH, "a".repeat(41)));
    }

    @Test
    void shouldSayWhyATextOfTheSettingsIsRefused() {
        assertEquals("folder is empty", said("folder", ""));
        assertEquals("folder is longer than 40 bytes", said("folder", "a".repeat(41)));
        assertEquals("folder can't be \"a b\": in it stand letters, digits and - . / _, at its beginning letters, digits and _",
            said("folder", "a b"));
    }

    /** It would be sent as it is, where the operator has meant the number. */
    @Test
    void shouldRefuseATemplateWithAPlaceThatIsNotFilledIn() {
        for (final String text : List.of("PJSIP/{number}@{trunk}", "{number}{user}", "{user}", "{NUMBER}", "${number}{number}")) {
            assertEquals("a template has {number} once, no other word in braces and no space, in at most 120 signs of ASCII: " + text,
                assertThrows(IllegalArgumentException.class, () -> FieldTemplate.of(text, "number")).getMessage());
        }
        assertEquals("{a=b}[c=d]sofia/gateway/number/{number}",
            FieldTemplate.of("{a=b}[c=d]sofia/gateway/number/{number}", "number").toString());
    }

    @Test
    void shouldThrowAtBadSettings() {
        assertThrows(IllegalArgumentException.class, () -> PATH.checked("folder", "a\r\nb"));
        assertThrows(IllegalArgumentException.class, () -> PATH.checked("folder", ""));
        assertThrows(IllegalArgumentException.class, () -> FieldTemplate.of("PJSIP/101", "user"));
        assertThrows(IllegalArgumentException.class, () -> FieldTemplate.of("{user}{user}", "user"));
        assertThrows(IllegalArgumentException.class, () -> FieldTemplate.of("PJSIP/{user}\r\nX: y", "user"));
        assertThrows(IllegalArgumentException.class, () -> ActionLimits.of(1, 1).withMaxPending(0));
        assertThrows(IllegalArgumentException.class, () -> ActionLimits.of(1, 1).withLongestWaitMs(0));
        assertThrows(IllegalArgumentException.class, () -> ActionLimits.of(1, 1).withLongestWaitMs(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> ActionRefusal.of(0));
    }

    @Test
    void shouldKnowEachRefusalByItsCode() {
        for (final ActionRefusal refusal : ActionRefusal.values()) {
            assertEquals(refusal, ActionRefusal.of(refusal.code()));
        }
    }

    private static String said(final String what, final String text) {
        return assertThrows(IllegalArgumentException.class, () -> PATH.checked(what, text)).getMessage();
    }

    private static ActionRefusal check(final TextRule rule, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return rule.check(bytes, 0, bytes.length);
    }
}

package io.strowger.codecs.action;

import io.strowger.codecs.translate.AsciiText;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * What a text may hold in one place of a command, so that the call router neither splits it there nor reads a meaning into it. Letters,
 * digits and what lies beyond ASCII, as UTF-8, may always stand; of the other signs only those that are named. No rule lets a control
 * character, a line end or a byte order mark pass.
 *
 * <p>Immutable; any thread; {@link #check} allocates nothing.
 */
public final class TextRule {
    /** Every sign of ASCII that is no letter, digit or control character, the space first. */
    public static final String ALL_SIGNS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private static final int ASCII = 128;
    /** Beyond ASCII there are control characters up to here. */
    private static final int LAST_CONTROL = 0x9F;
    private static final int LINE_END = 0x2028;
    private static final int PARAGRAPH_END = 0x2029;
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int MOST_CODE_POINT = 0x10FFFF;
    private static final int FIRST_SURROGATE = 0xD800;
    private static final int LAST_SURROGATE = 0xDFFF;
    /** Least code point of a sequence of so many bytes: a lower one is written longer than it may be. */
    private static final int[] LEAST = {0, 0, 0x80, 0x800, 0x10000};

    private final boolean[] anywhere;
    private final boolean[] first;
    private final boolean isPath;
    private final int longest;

    private TextRule(final boolean[] anywhere, final boolean[] first, final boolean isPath, final int longest) {
        this.anywhere = anywhere;
        this.first = first;
        this.isPath = isPath;
        this.longest = longest;
    }

    /**
     * A rule for one word or text.
     *
     * @param signs   that may stand anywhere but at the beginning.
     * @param leading signs that may stand at the beginning.
     * @param longest text in bytes.
     */
    public static TextRule of(final String signs, final String leading, final int longest) {
        return new TextRule(table(signs + leading), table(leading), false, longest);
    }

    /**
     * A rule for a file below a folder: words with a slash between them, each of which begins with a letter, a digit or {@code _}, so that
     * none leads out of the folder.
     *
     * @param longest path in bytes.
     */
    public static TextRule path(final int longest) {
        return new TextRule(table("._-/"), table("_"), true, longest);
    }

    /** All signs but these, for {@link #of}. */
    public static String allBut(final String signs) {
        final StringBuilder left = new StringBuilder(ALL_SIGNS);
        for (int i = 0; i < signs.length(); i++) {
            left.deleteCharAt(left.indexOf(signs.substring(i, i + 1)));
        }
        return left.toString();
    }

    /**
     * Checks a text.
     *
     * @return what is wrong with it, or null.
     */
    public ActionRefusal check(final byte[] bytes, final int offset, final int length) {
        if (length > longest) {
            return ActionRefusal.TOO_LONG;
        }
        boolean isFirst = true;
        int at = offset;
        final int end = offset + length;
        while (at < end) {
            final byte value = bytes[at];
            if (value < 0) {
                final int taken = sequence(bytes, at, end);
                if (taken <= 0) {
                    return taken == 0 ? ActionRefusal.NOT_UTF8 : ActionRefusal.BAD_CHARACTER;
                }
                at += taken;
                isFirst = false;
                continue;
            }
            if (!(isFirst ? first[value] : anywhere[value])) {
                return ActionRefusal.BAD_CHARACTER;
            }
            isFirst = isPath && '/' == value;
            at++;
        }
        return isFirst && length > 0 ? ActionRefusal.BAD_CHARACTER : null;
    }

    /**
     * Checks a text of the settings.
     *
     * @param what it is, for the message.
     * @return the text.
     * @throws IllegalArgumentException when it is empty, or not as the rule has it.
     */
    public String checked(final String what, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final ActionRefusal refusal = 0 == bytes.length ? ActionRefusal.MISSING_FIELD : check(bytes, 0, bytes.length);
        if (null != refusal) {
            throw new IllegalArgumentException(what + ' ' + words(refusal, text));
        }
        return text;
    }

    private String words(final ActionRefusal refusal, final String text) {
        return switch (refusal) {
            case MISSING_FIELD -> "is empty";
            case TOO_LONG -> "is longer than " + longest + " bytes";
            default -> "can't be \"" + text + "\": in it stand letters, digits and " + signs(anywhere)
                + ", at its beginning letters, digits and " + signs(first);
        };
    }

    private static String signs(final boolean[] table) {
        return ALL_SIGNS.chars().filter(sign -> table[sign]).mapToObj(sign -> String.valueOf((char)sign)).collect(Collectors.joining(" "));
    }

    /**
     * Length of the UTF-8 sequence at the place.
     *
     * @return 0 when it is none, -1 for a control character, a line or paragraph end, or a byte order mark.
     */
    private static int sequence(final byte[] bytes, final int at, final int end) {
        final int lead = bytes[at] & 0xFF;
        final int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > end) {
            return 0;
        }
        int point = lead & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
            point = (point << 6) | (bytes[at + i] & 0x3F);
        }
        final boolean isSurrogate = point >= FIRST_SURROGATE && point <= LAST_SURROGATE;
        if (point < LEAST[length] || point > MOST_CODE_POINT || isSurrogate) {
            return 0;
        }
        return point <= LAST_CONTROL || LINE_END == point || PARAGRAPH_END == point || BYTE_ORDER_MARK == point ? -1 : length;
    }

    private static boolean[] table(final String signs) {
        final boolean[] table = new boolean[ASCII];
        for (int i = 0; i < ASCII; i++) {
            final byte lower = AsciiText.lower((byte)i);
            table[i] = AsciiText.isDigit((byte)i) || (lower >= 'a' && lower <= 'z');
        }
        for (int i = 0; i < signs.length(); i++) {
            table[signs.charAt(i)] = true;
        }
        return table;
    }
}

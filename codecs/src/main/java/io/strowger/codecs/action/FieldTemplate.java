package io.strowger.codecs.action;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A text of the settings with a place for one field of an action: {@code PJSIP/{user}}.
 *
 * <p>Immutable; any thread.
 */
public final class FieldTemplate {
    private static final int LONGEST = 120;
    /** What reads as a place; {@code {a=b}} in front of a dial string is none. */
    private static final Pattern PLACE = Pattern.compile("\\{[A-Za-z]+}");

    private final byte[] before;
    private final byte[] behind;
    private final String text;

    private FieldTemplate(final String text, final int from, final int to) {
        this.text = text;
        before = text.substring(0, from).getBytes(StandardCharsets.US_ASCII);
        behind = text.substring(to).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a template.
     *
     * @param text  printable ASCII without a space, at most 120 characters, with the place once and no other place: no other word in
     *              braces.
     * @param place its name, without braces.
     * @throws IllegalArgumentException when it is not so.
     */
    public static FieldTemplate of(final String text, final String place) {
        final String braced = "{" + place + "}";
        final int from = text.indexOf(braced);
        final boolean isPrintable = text.chars().allMatch(sign -> sign > ' ' && sign < 0x7F);
        if (from < 0 || !isPrintable || text.length() > LONGEST || PLACE.matcher(text).results().count() != 1) {
            throw new IllegalArgumentException("a template has " + braced + " once, no other word in braces and no space, in at most "
                + LONGEST + " signs of ASCII: " + text);
        }
        return new FieldTemplate(text, from, from + braced.length());
    }

    /** What stands in front of the place. */
    byte[] before() {
        return before;
    }

    /** What stands behind the place. */
    byte[] behind() {
        return behind;
    }

    @Override
    public String toString() {
        return text;
    }
}

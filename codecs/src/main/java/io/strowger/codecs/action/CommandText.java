package io.strowger.codecs.action;

import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Writes one command into a buffer of the caller's. The first thing that is wrong is remembered, and nothing counts behind it: a writer
 * asks once, at the end.
 *
 * <p>Everything that comes out of an action passes a {@link TextRule}; only texts of the program and of its settings do not. One thread;
 * allocates nothing.
 */
public final class CommandText {
    /** Longest word of a command in bytes: a number, or a group. */
    public static final int MAX_WORD = 79;

    private static final int MOST_DIGITS = 20;

    private final ActionIds ids;
    private final byte[] id = new byte[ActionIds.LENGTH];
    private final byte[] digits = new byte[MOST_DIGITS];
    private MutableDirectBuffer out;
    private int start;
    private int at;
    private int end;
    private int lineStart;
    private ActionRefusal refusal;
    private ActionText refusedField;

    CommandText(final ActionIds ids) {
        this.ids = ids;
    }

    /** Begins a command at the offset, with so much room in bytes. */
    void begin(final MutableDirectBuffer buffer, final int offset, final int room) {
        out = buffer;
        start = offset;
        at = offset;
        end = offset + room;
        lineStart = offset;
        refusal = null;
        refusedField = null;
    }

    /** What is wrong first, or null. */
    ActionRefusal refusal() {
        return refusal;
    }

    /** The field that is wrong first; null when nothing is, or no single one. */
    ActionText refusedField() {
        return refusedField;
    }

    /** Length of the command in bytes. */
    int length() {
        return at - start;
    }

    /** Something is wrong that is no single field. */
    public void refuse(final ActionRefusal why) {
        refuse(why, null);
    }

    /** A field is wrong. */
    public void refuse(final ActionRefusal why, final ActionText field) {
        if (null == refusal) {
            refusal = why;
            refusedField = field;
        }
    }

    /** A text of the program or its settings. */
    public CommandText put(final byte[] text) {
        put(text, 0, text.length);
        return this;
    }

    /** A single sign of the program. */
    public CommandText put(final char sign) {
        if (at >= end) {
            refuse(ActionRefusal.NO_ROOM);
        } else {
            out.putByte(at++, (byte)sign);
        }
        return this;
    }

    /** The cause of a hang-up that states one. */
    public CommandText cause(final ActionFields fields) {
        if (fields.causeCode() > ActionFields.MAX_CAUSE) {
            refuse(ActionRefusal.CAUSE_OUT_OF_RANGE);
        }
        return put((long)fields.causeCode());
    }

    /** A number in decimal, from 0. */
    public CommandText put(final long number) {
        int from = MOST_DIGITS;
        long left = number;
        do {
            from--;
            digits[from] = (byte)('0' + left % 10);
            left /= 10;
        } while (left > 0);
        put(digits, from, MOST_DIGITS - from);
        return this;
    }

    /** The id of the command. */
    public CommandText putId(final long number) {
        ids.write(number, id, 0);
        put(id, 0, ActionIds.LENGTH);
        return this;
    }

    /** A field that must be there. */
    public CommandText put(final ActionFields fields, final ActionText field, final TextRule rule) {
        check(fields, field, rule);
        put(fields.bytes(), fields.offset(field), fields.length(field));
        return this;
    }

    /** A field that must be there, in its place of a template. */
    public CommandText put(final FieldTemplate template, final ActionFields fields, final ActionText field, final TextRule rule) {
        return put(template.before()).put(fields, field, rule).put(template.behind());
    }

    /**
     * A field that must be there, with a backslash in front of apostrophes and backslashes, and {@code \s} for a space at either end.
     */
    public CommandText putEscaped(final ActionFields fields, final ActionText field, final TextRule rule) {
        check(fields, field, rule);
        final byte[] bytes = fields.bytes();
        final int from = fields.offset(field);
        final int last = from + fields.length(field) - 1;
        for (int i = from; i <= last && null == refusal; i++) {
            final boolean isEdge = i == from || i == last;
            if (' ' == bytes[i] && isEdge) {
                put('\\').put('s');
            } else {
                if ('\'' == bytes[i] || '\\' == bytes[i]) {
                    put('\\');
                }
                put(bytes, i, 1);
            }
        }
        return this;
    }

    /**
     * Ends a line.
     *
     * @param mark    what ends it.
     * @param longest line in bytes, the mark with it.
     */
    public CommandText endLine(final byte[] mark, final int longest) {
        put(mark);
        if (at - lineStart > longest) {
            refuse(ActionRefusal.TOO_LONG);
        }
        lineStart = at;
        return this;
    }

    private void check(final ActionFields fields, final ActionText field, final TextRule rule) {
        if (!fields.has(field)) {
            refuse(ActionRefusal.MISSING_FIELD, field);
            return;
        }
        final ActionRefusal wrong = rule.check(fields.bytes(), fields.offset(field), fields.length(field));
        if (null != wrong) {
            refuse(wrong == ActionRefusal.BAD_CHARACTER && ActionText.NATIVE_ID == field ? ActionRefusal.UNKNOWN_TARGET : wrong, field);
        }
    }

    private void put(final byte[] bytes, final int offset, final int length) {
        if (null != refusal) {
            return;
        }
        if (end - at < length) {
            refuse(ActionRefusal.NO_ROOM);
            return;
        }
        out.putBytes(at, bytes, offset, length);
        at += length;
    }

    /** A constant of a writer, which may hold a text of the settings: in UTF-8. */
    public static byte[] constant(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

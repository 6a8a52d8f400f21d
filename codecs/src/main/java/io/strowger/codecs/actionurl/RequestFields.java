package io.strowger.codecs.actionurl;

import java.util.Arrays;

/**
 * What one request tells, decoded. Of what is told twice the first counts: what a name smuggles in comes behind.
 *
 * <p>One thread; allocates nothing once the longest request has been met.
 */
final class RequestFields {
    private static final RequestField[] FIELDS = RequestField.values();
    private static final int ABSENT = -1;

    private final ActionUrlTemplate template;
    private final int[] offsets = new int[FIELDS.length];
    private final int[] lengths = new int[FIELDS.length];
    private final int[] lengthsBefore = new int[FIELDS.length];
    private byte[] texts = new byte[1024];
    private int used;
    private int mark;
    private boolean isOfOther;

    RequestFields(final ActionUrlTemplate template) {
        this.template = template;
    }

    /**
     * Forgets all.
     *
     * @param longest how many bytes of texts may come.
     */
    void clear(final int longest) {
        if (texts.length < longest) {
            texts = new byte[Math.max(longest, 2 * texts.length)];
        }
        used = 0;
        Arrays.fill(lengths, ABSENT);
    }

    /** Holds the texts. */
    byte[] bytes() {
        return texts;
    }

    /** Where the text of a field begins. */
    int offset(final RequestField field) {
        return offsets[index(field)];
    }

    /** Length of the text, 0 for none. */
    int length(final RequestField field) {
        return Math.max(0, lengths[index(field)]);
    }

    /** Whether the field has a value. */
    boolean has(final RequestField field) {
        return lengths[index(field)] > 0;
    }

    /** Begins a text. */
    void begin() {
        mark = used;
    }

    /** One more byte of the text. */
    void append(final byte value) {
        texts[used++] = value;
    }

    /** Length of the text so far. */
    int textLength() {
        return used - mark;
    }

    /** Takes the spaces from the end of the text. */
    void trim() {
        while (used > mark && (texts[used - 1] == ' ' || (texts[used - 1] >= '\t' && texts[used - 1] <= '\r'))) {
            used--;
        }
    }

    /** Drops the text. */
    void drop() {
        used = mark;
    }

    /** What comes up to {@link #endCall} is told of one call, which may be another one than the request is about. */
    void beginCall() {
        System.arraycopy(lengths, 0, lengthsBefore, 0, lengths.length);
        isOfOther = false;
    }

    /** Forgets what was told of a call with another id. */
    void endCall() {
        if (isOfOther) {
            System.arraycopy(lengthsBefore, 0, lengths, 0, lengths.length);
        }
    }

    /**
     * Ends the text: it is the value of a name.
     *
     * @param bytes hold the name; a name that the template does not know drops the text.
     */
    void end(final byte[] bytes, final int offset, final int length) {
        final RequestField field = template.field(bytes, offset, length);
        if (field == null) {
            drop();
        } else {
            end(field);
        }
    }

    /** Ends the text: it is the value of a field. A variable that the phone did not fill in is no value. */
    void end(final RequestField field) {
        if (lengths[index(field)] != ABSENT) {
            isOfOther |= field == RequestField.CALL_ID && !isText(field);
            drop();
            return;
        }
        if (field == RequestField.EVENT || field == RequestField.CALL_ID) {
            cutAtAmpersand();
        }
        offsets[index(field)] = mark;
        lengths[index(field)] = used > mark && texts[mark] == '$' ? 0 : used - mark;
    }

    private boolean isText(final RequestField field) {
        final int from = offset(field);
        return Arrays.equals(texts, from, from + length(field), texts, mark, used);
    }

    /** Only names and addresses have ampersands of their own: behind one is a parameter without a value. */
    private void cutAtAmpersand() {
        for (int i = mark; i < used; i++) {
            if (texts[i] == '&') {
                used = i;
            }
        }
    }

    private static int index(final RequestField field) {
        for (int i = 0; i < FIELDS.length; i++) {
            if (FIELDS[i] == field) {
                return i;
            }
        }
        throw new IllegalArgumentException(field.name());
    }
}

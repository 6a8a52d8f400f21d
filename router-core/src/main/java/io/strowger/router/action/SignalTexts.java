package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import org.agrona.DirectBuffer;

/**
 * Where the var-data of an admitted signal stand, by their order in the schema. A flyweight; one thread; allocates nothing.
 */
final class SignalTexts {
    private static final int MOST = 12;

    private final int[] offsets = new int[MOST];
    private final int[] lengths = new int[MOST];
    private DirectBuffer buffer;

    /**
     * Looks at a signal.
     *
     * @param signal offset of its SBE header.
     * @param count  of the texts that are looked at, from the first on; the signal has as many.
     */
    void wrap(final DirectBuffer newBuffer, final int signal, final int count) {
        buffer = newBuffer;
        int at = SignalLayout.varDataOffset(newBuffer, signal);
        for (int i = 0; i < count; i++) {
            lengths[i] = SignalLayout.textLength(newBuffer, at);
            offsets[i] = at + Short.BYTES;
            at = offsets[i] + lengths[i];
        }
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Where the text begins. */
    int offset(final int index) {
        return offsets[index];
    }

    /** Length of the text in bytes. */
    int length(final int index) {
        return lengths[index];
    }
}

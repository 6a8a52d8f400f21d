package io.strowger.codecs.ami;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.translate.AsciiText;

/**
 * The lists that are open on a connection: from the response that announces one to the event that completes it, told apart by ActionID.
 *
 * <p>What a list holds is told by the message of the response, since its begin must stand before everything that happens behind it.
 * {@code Channels will follow} announces the list of all legs, but also the one of a leg's connected legs (CoreShowChannelMap): that one
 * never completes as a list of legs, so it has a begin without an end, which claims nothing.
 */
final class AmiLists {
    /** Most lists that can be open at a time. */
    static final int MAX_OPEN = 32;

    private static final byte[][] MESSAGES = {
        AsciiText.bytes("channels will follow"), AsciiText.bytes("channel status will follow"), AsciiText.bytes("queue status will follow"),
        AsciiText.bytes("parked calls will follow"), AsciiText.bytes("bridge listing will follow"),
        AsciiText.bytes("a listing of contacts follows")};
    private static final ListKind[] KINDS = {
        ListKind.LEGS, ListKind.STATES, ListKind.QUEUES, ListKind.PARKED, ListKind.BRIDGES, ListKind.REGISTRATIONS};

    private final byte[][] ids = new byte[MAX_OPEN][SignalLayout.MAX_NATIVE_ID_LENGTH];
    private final int[] lengths = new int[MAX_OPEN];
    private final ListKind[] kinds = new ListKind[MAX_OPEN];
    private int open;

    /**
     * Forgets all: the connection has ended.
     */
    void clear() {
        open = 0;
    }

    /**
     * What list a response announces.
     *
     * @return the kind, or null when it announces none that is used.
     */
    static ListKind announced(final AmiBlock block) {
        for (int i = 0; i < MESSAGES.length; i++) {
            if (block.begins(AmiKey.MESSAGE, MESSAGES[i])) {
                return KINDS[i];
            }
        }
        return null;
    }

    /**
     * Opens a list; one with the same id that is open already begins anew.
     *
     * @param actionId index of the field that holds the id, 1 to 160 bytes long.
     * @return false when the oldest list had to go for it: too many were open.
     */
    boolean open(final AmiBlock block, final int actionId, final ListKind kind) {
        final int known = find(block, actionId);
        final boolean isFull = known < 0 && open == MAX_OPEN;
        if (isFull) {
            close(0);
        }
        final int slot = known >= 0 ? known : open++;
        final int length = block.valueLength(actionId);
        System.arraycopy(block.bytes(), block.valueOffset(actionId), ids[slot], 0, length);
        lengths[slot] = length;
        kinds[slot] = kind;
        return !isFull;
    }

    /**
     * Finds the open list that a block belongs to.
     *
     * @param actionId index of the field that holds the id, or -1.
     * @return its slot, or -1.
     */
    int find(final AmiBlock block, final int actionId) {
        if (actionId < 0) {
            return -1;
        }
        final int length = block.valueLength(actionId);
        for (int i = 0; i < open; i++) {
            if (lengths[i] == length && matches(ids[i], block.bytes(), block.valueOffset(actionId), length)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What the list in the slot holds.
     */
    ListKind kind(final int slot) {
        return kinds[slot];
    }

    /**
     * Closes the list in the slot; the others keep the order in which they were opened.
     */
    void close(final int slot) {
        final byte[] id = ids[slot];
        open--;
        for (int i = slot; i < open; i++) {
            ids[i] = ids[i + 1];
            lengths[i] = lengths[i + 1];
            kinds[i] = kinds[i + 1];
        }
        ids[open] = id;
    }

    private static boolean matches(final byte[] id, final byte[] bytes, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (id[i] != bytes[offset + i]) {
                return false;
            }
        }
        return true;
    }
}

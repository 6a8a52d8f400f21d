package io.strowger.router.action;

import org.agrona.DirectBuffer;

/**
 * The open handles of one client. Core thread only; allocates when one comes or goes.
 */
final class ClientLines {
    /** Each record about an action of the client is looked for at all of them. */
    private static final int MOST = 64;

    private static final ActionLine[] NONE = new ActionLine[0];

    private final int tenant;
    private final byte[] clientId;
    private int waitingEntry = AskTable.NONE;
    private ActionLine[] lines = NONE;

    ClientLines(final ActionLine first) {
        tenant = first.tenant();
        clientId = first.clientId();
    }

    int tenant() {
        return tenant;
    }

    byte[] clientId() {
        return clientId;
    }

    /** Whether it is this client. */
    boolean is(final int itsTenant, final DirectBuffer buffer, final int offset, final int length) {
        if (tenant != itsTenant || clientId.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (clientId[i] != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks whether another handle may come.
     *
     * @throws IllegalStateException when there are {@value #MOST}.
     */
    void check() {
        removeClosed();
        if (lines.length >= MOST) {
            throw new IllegalStateException("the client has " + MOST + " handles");
        }
    }

    /** Those that have gone, and whose going the desk could not be told of. */
    private void removeClosed() {
        for (final ActionLine there : lines) {
            if (there.isClosed()) {
                remove(there);
            }
        }
    }

    void add(final ActionLine line) {
        final ActionLine[] more = new ActionLine[lines.length + 1];
        System.arraycopy(lines, 0, more, 0, lines.length);
        more[lines.length] = line;
        lines = more;
    }

    void remove(final ActionLine line) {
        int at = 0;
        while (at < lines.length && line != lines[at]) {
            at++;
        }
        if (at < lines.length) {
            final ActionLine[] fewer = new ActionLine[lines.length - 1];
            System.arraycopy(lines, 0, fewer, 0, at);
            System.arraycopy(lines, at + 1, fewer, at, fewer.length - at);
            lines = fewer;
        }
    }

    int size() {
        return lines.length;
    }

    ActionLine get(final int index) {
        return lines[index];
    }

    /**
     * Finds the oldest ask with this key whose record is not visible yet. What the handles have asked with meanwhile is only taken over
     * when it is not among what was taken before: one look at the rings mostly finds the asks of all records of a block.
     *
     * @return the handle, whose ask is {@link #waitingEntry()}; null when none has asked.
     */
    ActionLine waiting(final long hash, final DirectBuffer keys, final int key, final int keyLength) {
        final ActionLine known = find(hash, keys, key, keyLength);
        if (null != known) {
            return known;
        }
        removeClosed();
        for (final ActionLine line : lines) {
            line.takeAsks();
        }
        return find(hash, keys, key, keyLength);
    }

    /** The ask that {@link #waiting} has found last, in the table of its handle. */
    int waitingEntry() {
        return waitingEntry;
    }

    private ActionLine find(final long hash, final DirectBuffer keys, final int key, final int keyLength) {
        for (final ActionLine line : lines) {
            waitingEntry = line.table().oldestWaiting(hash, keys, key, keyLength);
            if (AskTable.NONE != waitingEntry) {
                return line;
            }
        }
        return null;
    }
}

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
    private ActionLine[] lines = NONE;

    ClientLines(final ActionLine first) {
        tenant = first.tenant();
        clientId = first.clientId();
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

    /** Takes over what the handles have asked with by now. */
    void takeAsks() {
        removeClosed();
        for (final ActionLine line : lines) {
            line.takeAsks();
        }
    }

    /** The handle that has asked with this key and whose record is not visible yet, null for none. */
    ActionLine waiting(final long hash, final DirectBuffer keys, final int key, final int keyLength) {
        for (final ActionLine line : lines) {
            if (AskTable.NONE != line.table().oldestWaiting(hash, keys, key, keyLength)) {
                return line;
            }
        }
        return null;
    }
}

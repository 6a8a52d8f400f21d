package io.strowger.ops.connector.talk;

import org.agrona.DirectBuffer;

/**
 * The talk with a Kamailio evapi: none. It has no login, no list, and nothing can be asked of it; the first byte must begin a netstring.
 */
public final class EvapiTalk implements Talk {
    private final TalkListener listener;
    private boolean hasBegun;

    /** For a connection of events; there is no other. */
    public EvapiTalk(final TalkListener listener) {
        this.listener = listener;
    }

    @Override
    public void opened() {
        listener.ready();
        listener.listed(null);
    }

    @Override
    public void onBytes(final DirectBuffer bytes, final int length) {
        if (!hasBegun && length > 0) {
            hasBegun = true;
            final byte first = bytes.getByte(0);
            if (first < '0' || first > '9') {
                listener.broken("no evapi: what comes is no netstring");
            }
        }
    }

    @Override
    public boolean ping() {
        return false;
    }

    @Override
    public long longestQuietMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean list() {
        return false;
    }

    @Override
    public String awaited() {
        return null;
    }

    @Override
    public String farewell() {
        return "";
    }
}

package io.strowger.ops.connector;

import io.strowger.codecs.sbe.ListKind;
import org.agrona.DirectBuffer;

/** What goes over a connection once it is logged in. On the connector's thread. */
interface Traffic {
    /** A connection is logged in; its bytes follow, from the first that came. */
    void up();

    /**
     * The next bytes.
     *
     * @param bytes  hold them from 0 on; they are the caller's again when this returns.
     * @param length how many.
     */
    void onBytes(DirectBuffer bytes, int length);

    /** A list of this kind will be asked for next. */
    void asks(ListKind kind);

    /** The connection has gone. */
    void down();
}

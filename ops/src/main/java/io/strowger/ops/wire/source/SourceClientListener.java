package io.strowger.ops.wire.source;

import io.strowger.codecs.sbe.Durability;
import io.strowger.codecs.sbe.RejectReason;
import org.agrona.DirectBuffer;

/**
 * Is told what the server says to a source. On the client's event loop, which must not be made to wait. Each method does nothing where it
 * is not overridden.
 */
public interface SourceClientListener {
    /**
     * The connection has come to a state.
     *
     * @param reason why, for people; null where there is nothing to say.
     */
    default void onState(final ClientState state, final String reason) {
        // nobody asks
    }

    /**
     * The server has said where to go on; what the client has kept behind that is sent again by itself.
     *
     * @param last number of the last signal that the router has, -1 for none.
     */
    default void onWelcome(final long last) {
        // nobody asks
    }

    /**
     * Signals are kept by the router, and will not be sent again.
     *
     * @param upTo       number of the last one.
     * @param durability how safely.
     */
    default void onAcknowledged(final long upTo, final Durability durability) {
        // nobody asks
    }

    /**
     * Signals were refused; they are acknowledged as well.
     *
     * @param number of the one; the null value of {@code SourceReject.rejected} for several, or one without a number.
     * @param count  how many.
     * @param text   for people.
     */
    default void onRejected(final long number, final RejectReason reason, final int count, final String text) {
        // nobody asks
    }

    /**
     * An action is to be carried out: answer it with {@link SourceClient#result}. Comes only when the client declares what it carries.
     *
     * @param action number that results name; of this connection alone.
     * @param signal holds what is asked for; the client's again when this returns.
     * @param offset of its SBE header.
     */
    default void onAction(final long action, final DirectBuffer signal, final int offset, final int length) {
        // what is not answered ends by its deadline
    }
}

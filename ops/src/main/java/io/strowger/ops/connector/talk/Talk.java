package io.strowger.ops.connector.talk;

import org.agrona.DirectBuffer;

/**
 * One connection's talk with a call router: it watches the bytes that come, and says what is to be said. It looks at the few lines that
 * concern it; the events are the translator's.
 *
 * <p>Serves one connection. One thread.
 */
public interface Talk {
    /** The connection has come. */
    void opened();

    /**
     * Looks at the next bytes.
     *
     * @param bytes  hold them from 0 on; they are the caller's again when this returns.
     * @param length how many.
     */
    void onBytes(DirectBuffer bytes, int length);

    /**
     * Asks whether the call router is there; any byte is an answer.
     *
     * @return false when this dialect can't.
     */
    boolean ping();

    /**
     * For how long nothing may come from a healthy call router that can't be asked.
     *
     * @return in milliseconds, {@link Long#MAX_VALUE} for ever.
     */
    long longestQuietMs();

    /**
     * Lists what the call router has.
     *
     * @return false when it is being listed already, or can't be now.
     */
    boolean list();

    /**
     * Why the lists were not asked for yet.
     *
     * @return words for people; null when they were.
     */
    String awaited();

    /**
     * How one says good-bye; the call router closes behind it.
     *
     * @return empty when it is enough to close.
     */
    String farewell();
}

package io.strowger.router.replay;

import io.strowger.router.core.ActionView;
import io.strowger.router.core.GrantVisitor;
import io.strowger.router.core.TickLimits;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import org.agrona.DirectBuffer;

/**
 * What the drivers of the core need of it: folds one signal after the other and writes the records of what followed to the block writer
 * it was made with. Pure: the same signals with the same journal times give the same bytes.
 *
 * <p>One thread. In production this is always the {@link io.strowger.router.core.Core}, behind {@link CoreFold}.
 */
public interface Fold {
    /**
     * Folds one admitted signal: writes its input record and all its derived records.
     *
     * @param signal        holds it.
     * @param offset        of its SBE header.
     * @param length        of the whole signal.
     * @param journalTimeNs never less than in the call before.
     * @return why it was refused, a code of {@link io.strowger.codecs.sbe.RejectReason}; 0 when it was not.
     */
    int apply(DirectBuffer signal, int offset, int length, long journalTimeNs);

    /**
     * Announces a signal that will soon be applied, so that a fold with much state can ready it; does nothing here.
     *
     * @param signal as for {@link #apply}.
     */
    default void expect(final DirectBuffer signal, final int offset, final int length) {
    }

    /**
     * Ends the announcement of a few signals. What it does can't be told from what is applied; does nothing here.
     */
    default void warm() {
    }

    /**
     * Whether ends are owed that {@link #payOwed} would write.
     */
    boolean owes();

    /**
     * Writes one continue record with as many owed ends as fit.
     *
     * @param journalTimeNs never less than in the call before.
     */
    void payOwed(long journalTimeNs);

    /**
     * Whether a tick at this time would end or forget anything.
     *
     * @param limits        it would name.
     * @param journalTimeNs of the tick.
     */
    boolean isTickDue(TickLimits limits, long journalTimeNs);

    /**
     * Writes a tick: what is due by these limits is owed its end from now on, or forgotten.
     *
     * @param journalTimeNs never less than in the call before.
     */
    void tick(TickLimits limits, long journalTimeNs);

    /**
     * Writes of one source that is up that it is gone: for a router that starts again, to which nobody is connected yet.
     *
     * @param journalTimeNs never less than in the call before.
     * @return false when no source is up any more, and nothing was written.
     */
    boolean disconnectSource(long journalTimeNs);

    /** Gives back what memory it has taken: of no use any more. Does nothing here. */
    default void close() {
    }

    /**
     * Hashes the whole state in canonical order.
     */
    long digest();

    /**
     * Writes the whole state in canonical order. Allocates.
     */
    void write(StateOutput output);

    /**
     * Reads a state that a fold with the same limits has written; only before the first signal.
     *
     * @throws io.strowger.router.state.StateFormatException when it is not one: the fold is then of no use any more.
     */
    void read(StateInput input);

    /**
     * Last source sequence that was taken from a source.
     *
     * @return -1 when there was none.
     */
    long lastSourceSequence(int source);

    /**
     * Greatest source sequence that the record of a refused signal names.
     *
     * @return -1 when there was none.
     */
    long lastRejectedSequence(int source);

    /**
     * Finds the number of a source by its name.
     *
     * @param tenant whose it is.
     * @return from 1.
     */
    int sourceNumber(int tenant, String name);

    /**
     * Finds an action by the key its client gave it. A fold without actions knows none.
     *
     * @param tenant of the client.
     * @param client holds the client id.
     * @param key    holds the idempotency key.
     * @param into   is filled when it is known.
     * @return whether it is known: pending, or ended and still kept.
     */
    default boolean action(final int tenant, final DirectBuffer client, final int clientOffset, final int clientLength,
                           final DirectBuffer key, final int keyOffset, final int keyLength, final ActionView into) {
        return false;
    }

    /**
     * The source that a pending action was given to.
     *
     * @param action sequence of its record.
     * @return number of the source; 0 when no such action is pending, or its end is owed already.
     */
    default int ownerOf(final long action) {
        return 0;
    }

    /**
     * How often pending actions were over because their source had gone, said hello or restarted. Not part of the state.
     */
    default long goneCount() {
        return 0;
    }

    /**
     * Sequence of the last action of a source that was over for such a reason, as were all before it.
     *
     * @return 0 when there was none.
     */
    default long goneUpTo(final int source) {
        return 0;
    }

    /**
     * How many results of actions were forgotten before their time, to make room for others. Not part of the state.
     */
    default long forgottenEarly() {
        return 0;
    }

    /**
     * Journal time up to which the deadlines of actions have passed.
     *
     * @return {@link Long#MIN_VALUE} when none has.
     */
    default long deadlinesPassedNs() {
        return Long.MIN_VALUE;
    }

    /** Shows what each client may ask for, by tenant and client id. Allocates. */
    default void grants(final GrantVisitor visitor) {
        // a fold without actions has none
    }

    /**
     * Whether a client may ask for just what a grant says: then the record of it would change nothing.
     *
     * @param grant  holds it, an admitted {@code ClientGrant}.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     */
    default boolean isGranted(final DirectBuffer grant, final int offset, final int length) {
        return false;
    }

    /**
     * Writes the result of a pending action that can't be carried out: failed, as its source would say it.
     *
     * @param action        sequence of its record.
     * @param text          holds the words of the result, 0 to 256 bytes.
     * @param journalTimeNs never less than in the call before.
     * @return false when no such action is pending, and nothing was written.
     */
    default boolean failAction(final long action, final DirectBuffer text, final int textOffset, final int textLength,
                               final long journalTimeNs) {
        return false;
    }
}

package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.TickEncoder;
import io.strowger.router.record.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Ends, by journaled ticks, what nobody will end any more: the sessions of a source that stays down, sessions that neither a fact nor a
 * list has shown for too long, actions whose deadline has passed. And forgets the results of actions that were kept long enough.
 *
 * <p>A session's timer is armed at its begin. When it runs out and something has shown the session since, it is armed anew; so a session
 * expires between one and two limits behind what showed it last, at the cost of one bit a fact. They fire in the order of their deadlines,
 * and of their sessions' begin where these are equal; source by source.
 */
final class Expiry {
    private static final int DOWN_LIMIT = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int AGE_LIMIT = DOWN_LIMIT + Long.BYTES;
    private static final int ACTION_KEEP = AGE_LIMIT + Long.BYTES;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final State state;
    private final Session session;
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[64]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TickEncoder encoder = new TickEncoder();

    Expiry(final State state) {
        this.state = state;
        this.session = state.sessions().view();
    }

    /**
     * Whether a tick at this time would owe or forget anything.
     *
     * @param journalTimeNs of the tick.
     */
    boolean isDue(final TickLimits limits, final long journalTimeNs) {
        if (state.actionTurns().isDue(limits.actionKeepMs(), journalTimeNs)) {
            return true;
        }
        for (int source = 1; source <= state.sources().count(); source++) {
            if (isDownTooLong(source, limits.downMs(), journalTimeNs) || isTooOld(source, limits.ageMs(), journalTimeNs)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the signal of a tick.
     *
     * @return where it stands, from offset 0.
     */
    UnsafeBuffer signal(final TickLimits limits, final long journalTimeNs) {
        encoder.wrapAndApplyHeader(signal, 0, header)
            .sourceSequence(Codes.NULL_LONG).sourceTime(journalTimeNs).source(0).tenant(0)
            .downLimitMs(limits.downMs() < 0 ? TickEncoder.downLimitMsNullValue() : limits.downMs())
            .ageLimitMs(limits.ageMs() < 0 ? TickEncoder.ageLimitMsNullValue() : limits.ageMs())
            .actionKeepMs(limits.actionKeepMs() < 0 ? TickEncoder.actionKeepMsNullValue() : limits.actionKeepMs());
        return signal;
    }

    /** Length of the signal of a tick. */
    int signalLength() {
        return SignalLayout.HEADER_LENGTH + encoder.encodedLength();
    }

    Outcome tick(final Fact fact) {
        final long downLimitMs = fact.longAt(DOWN_LIMIT);
        final long ageLimitMs = fact.longAt(AGE_LIMIT);
        final long nowNs = fact.journalTimeNs();
        boolean isDue = state.actionTurns().tick(fact.longAt(ACTION_KEEP), nowNs);
        for (int source = 1; source <= state.sources().count(); source++) {
            if (isDownTooLong(source, downLimitMs, nowNs)) {
                state.snapshots().owe(source, Snapshots.DOWN, nowNs);
                isDue = true;
            }
            if (isTooOld(source, ageLimitMs, nowNs)) {
                state.snapshots().owe(source, Snapshots.AGED, nowNs - ageLimitMs * NANOS_PER_MILLI);
                isDue = true;
            }
        }
        return isDue ? Outcome.APPLIED : Outcome.NO_CHANGE;
    }

    private boolean isDownTooLong(final int source, final long limitMs, final long nowNs) {
        final Sources sources = state.sources();
        return TickLimits.isLimit(limitMs) && !sources.isUp(source) && Session.NONE != sources.lists().first(source) &&
            nowNs - sources.downNs(source) >= limitMs * NANOS_PER_MILLI && !state.snapshots().owes(source, Snapshots.DOWN);
    }

    private boolean isTooOld(final int source, final long limitMs, final long nowNs) {
        final int first = state.sources().lists().first(source);
        return TickLimits.isLimit(limitMs) && Session.NONE != first && nowNs - session.at(first).armedNs() >= limitMs * NANOS_PER_MILLI &&
            !state.snapshots().owes(source, Snapshots.AGED);
    }
}

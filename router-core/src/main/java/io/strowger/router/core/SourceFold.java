package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.Xxh64;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.record.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Facts about sources: up and down, since when they run, what they lost.
 *
 * <p>The epoch is the boot instant, arrival minus uptime; two that differ by no more than 2 s are the same. A source that names its own
 * identity in place of an uptime has restarted when the name differs. From its hello until its epoch is known a source's facts change
 * nothing.
 */
final class SourceFold {
    /** Two boot instants so near are one: uptimes come in whole seconds. */
    static final long SAME_BOOT_NS = 2_000_000_000L;

    /** The answer to a hello that was taken. */
    static final int INTRODUCED = 0;

    private static final int FIRST = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int HELLO_EPOCH_KNOWN = FIRST + 8;
    private static final int REJECTED_SEQUENCE = FIRST;
    private static final int REJECTED_REASON = FIRST + 8;
    private static final int HELLO_NAME = 0;
    private static final int HELLO_EPOCH = 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final State state;
    private final EventWriter events;
    private final Session view;
    private final UnsafeBuffer number = new UnsafeBuffer(new byte[64]);

    SourceFold(final State state, final EventWriter events) {
        this.state = state;
        this.events = events;
        this.view = state.sessions().view();
    }

    /**
     * Makes a source known, or lets a known one come back.
     *
     * @return {@link #INTRODUCED}, or the code of a {@link RejectReason}: a wrong number, no name or one in use, no room.
     */
    int introduce(final Fact fact) {
        final Sources sources = state.sources();
        final int source = fact.source();
        final int named = sources.find(fact.buffer(), fact.textOffset(HELLO_NAME), fact.textLength(HELLO_NAME));
        if (named == source && sources.isKnown(source)) {
            return INTRODUCED;
        }
        if (0 != named || !fact.has(HELLO_NAME) || source != sources.count() + 1) {
            return RejectReason.NOT_ALLOWED.value();
        }
        return sources.add(source, fact, HELLO_NAME) ? INTRODUCED : RejectReason.CAPACITY.value();
    }

    /**
     * A signal was refused before it came in. It changes nothing that an event depends on; only its number is kept, so that a stream that
     * is read again is known up to where its refusals are told.
     *
     * @return why it was refused, 0 when this only counts others.
     */
    int rejected(final Fact fact) {
        final Sources sources = state.sources();
        final int source = fact.source();
        final long sequence = fact.longAt(REJECTED_SEQUENCE);
        if (sources.isKnown(source) && sequence > sources.lastRejected(source)) {
            sources.lastRejected(source, sequence);
        }
        final int reason = fact.byteAt(REJECTED_REASON);
        return Codes.NULL == reason ? 0 : reason;
    }

    Outcome hello(final Fact fact) {
        final int source = fact.source();
        state.sources().up(source, true);
        state.sources().epochKnown(source, YesNo.YES.value() == fact.byteAt(HELLO_EPOCH_KNOWN));
        events.source(Codes.SOURCE_UP, source, fact);
        if (state.sources().isEpochKnown(source) && fact.has(HELLO_EPOCH)) {
            identify(fact, HELLO_EPOCH);
        }
        return Outcome.APPLIED;
    }

    Outcome down(final Fact fact) {
        final int source = fact.source();
        if (!state.sources().isUp(source)) {
            return Outcome.NO_CHANGE;
        }
        state.sources().up(source, false);
        events.text().wrap(fact, 1);
        events.source(Codes.SOURCE_DOWN, source, fact);
        return Outcome.APPLIED;
    }

    Outcome booted(final Fact fact) {
        final Sources sources = state.sources();
        final int source = fact.source();
        final boolean wasKnown = sources.isEpochKnown(source);
        sources.epochKnown(source, true);
        final long uptimeMs = fact.longAt(FIRST);
        if (Codes.NULL_LONG == uptimeMs) {
            return identify(fact, 0) || !wasKnown ? Outcome.APPLIED : Outcome.NO_CHANGE;
        }
        final long bootNs = fact.sourceTimeNs() - uptimeMs * NANOS_PER_MILLI;
        if (0 == sources.epoch(source)) {
            sources.epoch(source, bootNs);
        } else if (Math.abs(bootNs - sources.epoch(source)) > SAME_BOOT_NS) {
            restart(fact, bootNs);
        } else if (wasKnown) {
            return Outcome.NO_CHANGE;
        }
        return Outcome.APPLIED;
    }

    private boolean identify(final Fact fact, final int text) {
        if (!fact.has(text)) {
            return false;
        }
        final int source = fact.source();
        final long identity = Xxh64.hash(fact.buffer(), fact.textOffset(text), fact.textLength(text), 0);
        if (identity == state.sources().epoch(source)) {
            return false;
        }
        if (0 == state.sources().epoch(source)) {
            state.sources().epoch(source, identity);
        } else {
            restart(fact, identity);
        }
        return true;
    }

    private void restart(final Fact fact, final long epoch) {
        final int source = fact.source();
        state.sources().restart(source, fact.sourceTimeNs(), view);
        state.sources().epoch(source, epoch);
        events.source(Codes.SOURCE_RESTARTED, source, fact);
    }

    Outcome gap(final Fact fact) {
        final int length = number.putLongAscii(0, Math.max(0, fact.longAt(FIRST)));
        final int separator = number.putStringWithoutLengthAscii(length, " signals, ");
        final int bytes = number.putLongAscii(length + separator, Math.max(0, fact.longAt(FIRST + Long.BYTES)));
        final int unit = number.putStringWithoutLengthAscii(length + separator + bytes, " bytes");
        events.text().wrap(number, 0, length + separator + bytes + unit);
        events.source(Codes.SOURCE_GAP, fact.source(), fact);
        return Outcome.APPLIED;
    }

    Outcome other(final Fact fact) {
        events.reference().wrap(fact, 0);
        events.text().wrap(fact, 1);
        events.source(Codes.SOURCE_OTHER, fact.source(), fact);
        return Outcome.NO_CHANGE;
    }
}

package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.Xxh64;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceDownEncoder;
import io.strowger.codecs.sbe.SourceGapDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.record.Outcome;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Facts about sources: up and down, since when they run, what they lost.
 *
 * <p>A source may say in its hello that it numbers its signals without holes: then a hole is loss, and told. Numbers that are places in a
 * stream of bytes have holes that mean nothing.
 *
 * <p>An epoch is told by its boot instant (arrival minus uptime), by a name of its own (a UUID, a system name), or by both. The source has
 * restarted when
 *
 * <ul>
 * <li>the epoch's boot instant is known, and the one told now differs from it by more than 2 s;</li>
 * <li>the epoch's name is known, and the one told now is another;</li>
 * <li>only the epoch's name is known, and the boot instant told now is later than when the epoch was first told of: what ran then can't
 * have booted since.</li>
 * </ul>
 *
 * <p>Anything else says more about the same epoch and is kept beside what was known; so a source may tell the one today and the other
 * tomorrow. (A name told first for an epoch known by its boot instant proves nothing: it is taken as the epoch's.) Events name an epoch by
 * what was told of it first, for as long as it lasts. From its hello until its epoch is known a source's facts change nothing.
 */
final class SourceFold {
    /** Two boot instants so near are one: uptimes come in whole seconds. */
    static final long SAME_BOOT_NS = 2_000_000_000L;

    private static final long NOT_TOLD = 0;
    private static final int ANY_CONNECTION = SourceDownEncoder.connectionNullValue();

    /** The answer to a hello that was taken. */
    static final int INTRODUCED = 0;

    private static final int FIRST = SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH;
    private static final int HELLO_CAPABILITIES = FIRST + 4;
    private static final int HELLO_EPOCH_KNOWN = FIRST + 8;
    private static final int HELLO_DENSE = FIRST + 9;
    private static final int REJECTED_SEQUENCE = FIRST;
    private static final int REJECTED_REASON = FIRST + 8;
    private static final int HELLO_NAME = 0;
    private static final int HELLO_EPOCH = 2;
    private static final int HELLO_COVERED_BY = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final byte[] ROUTER_STARTED = "the router has started".getBytes(StandardCharsets.US_ASCII);

    private final State state;
    private final EventWriter events;
    private final Session view;
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SourceDownEncoder down = new SourceDownEncoder();
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
        final int named = sources.find(fact.tenant(), fact.buffer(), fact.textOffset(HELLO_NAME), fact.textLength(HELLO_NAME));
        if (named == source && sources.isKnown(source)) {
            return INTRODUCED;
        }
        if (0 != named || !fact.has(HELLO_NAME) || source < 1 || sources.isKnown(source)) {
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
        if (sources.isKnown(source) && sources.isDense(source) && sequence == sources.lastSequence(source) + 1) {
            // it was told why, and is not missing
            sources.lastSequence(source, sequence);
        }
        final int reason = fact.byteAt(REJECTED_REASON);
        return Codes.NULL == reason ? 0 : reason;
    }

    Outcome hello(final Fact fact) {
        final int source = fact.source();
        final Sources sources = state.sources();
        if (sources.isUp(source)) {
            // nobody has said that its last connection had ended
            mayHaveMissed(source);
            state.actionLists().gone(source, fact.sourceTimeNs());
        }
        sources.up(source, fact.intAt(FIRST));
        sources.capabilities(source, fact.intAt(HELLO_CAPABILITIES) & 0xFFFFFFFFL);
        sources.dense(source, isDense(fact));
        sources.coveredBy(source, fact, HELLO_COVERED_BY);
        forgetLists(source);
        state.snapshots().done(source, Snapshots.DOWN);
        sources.epochKnown(source, YesNo.YES.value() == fact.byteAt(HELLO_EPOCH_KNOWN));
        events.source(Codes.SOURCE_UP, source, fact);
        if (sources.isEpochKnown(source)) {
            tell(fact, NOT_TOLD, identityOf(fact, HELLO_EPOCH));
        }
        if (sources.isDense(source) && !sources.isStale(source)) {
            // it sends again what was missed, and lists nothing
            state.oweCovered(source, fact.sourceTimeNs());
        }
        return Outcome.APPLIED;
    }

    Outcome down(final Fact fact) {
        final int source = fact.source();
        final Sources sources = state.sources();
        final int connection = fact.intAt(FIRST);
        if (!sources.isUp(source) || (ANY_CONNECTION != connection && connection != sources.connection(source))) {
            // of a source that is back already, the end of an older connection says nothing
            return Outcome.NO_CHANGE;
        }
        sources.down(source, fact.journalTimeNs());
        state.actionLists().gone(source, fact.sourceTimeNs());
        mayHaveMissed(source);
        forgetLists(source);
        events.text().wrap(fact, 1);
        events.source(Codes.SOURCE_DOWN, source, fact);
        return Outcome.APPLIED;
    }

    /** The signal that a source is gone, when no source can say it. */
    UnsafeBuffer gone(final int source, final long timeNs) {
        final Sources sources = state.sources();
        down.wrapAndApplyHeader(signal, 0, header)
            .sourceSequence(Codes.NULL_LONG).sourceTime(timeNs).source(source).tenant(sources.tenant(source)).connection(ANY_CONNECTION)
            .putSourceName(sources.nameBuffer(source), sources.nameOffset(source), sources.nameLength(source))
            .putText(ROUTER_STARTED, 0, ROUTER_STARTED.length);
        return signal;
    }

    int goneLength() {
        return SignalLayout.HEADER_LENGTH + down.encodedLength();
    }

    Outcome booted(final Fact fact) {
        final Sources sources = state.sources();
        final int source = fact.source();
        final boolean wasKnown = sources.isEpochKnown(source);
        sources.epochKnown(source, true);
        final long uptimeMs = fact.longAt(FIRST);
        final boolean hasUptime = uptimeMs >= 0 && uptimeMs <= Long.MAX_VALUE / NANOS_PER_MILLI;
        final boolean isNew = tell(fact, hasUptime ? fact.sourceTimeNs() - uptimeMs * NANOS_PER_MILLI : NOT_TOLD, identityOf(fact, 0));
        return isNew || !wasKnown ? Outcome.APPLIED : Outcome.NO_CHANGE;
    }

    /** Something is told of the epoch; returns whether anything of it is new. */
    private boolean tell(final Fact fact, final long bootNs, final long identity) {
        final Sources sources = state.sources();
        final int source = fact.source();
        final boolean restarted = isOtherBoot(source, bootNs) || isOtherName(source, identity);
        if (restarted) {
            sources.restart(source, fact.sourceTimeNs(), view);
            state.snapshots().forgetWalks(source);
            state.actionLists().gone(source, fact.sourceTimeNs());
            forgetLists(source);
        }
        boolean isNew = restarted;
        if (NOT_TOLD != bootNs && NOT_TOLD == sources.boot(source)) {
            sources.boot(source, bootNs);
            isNew = true;
        }
        if (NOT_TOLD != identity && NOT_TOLD == sources.identity(source)) {
            sources.identity(source, identity);
            isNew = true;
        }
        if (restarted || (isNew && 0 == sources.epoch(source))) {
            sources.epoch(source, NOT_TOLD == bootNs ? identity : bootNs);
            sources.sinceNs(source, fact.sourceTimeNs());
        }
        if (restarted) {
            events.source(Codes.SOURCE_RESTARTED, source, fact);
        }
        return isNew;
    }

    private boolean isOtherBoot(final int source, final long bootNs) {
        final Sources sources = state.sources();
        if (NOT_TOLD == bootNs) {
            return false;
        }
        if (NOT_TOLD != sources.boot(source)) {
            return Math.abs(bootNs - sources.boot(source)) > SAME_BOOT_NS;
        }
        return NOT_TOLD != sources.identity(source) && bootNs - sources.sinceNs(source) > SAME_BOOT_NS;
    }

    private boolean isOtherName(final int source, final long identity) {
        final long known = state.sources().identity(source);
        return NOT_TOLD != identity && NOT_TOLD != known && identity != known;
    }

    private static long identityOf(final Fact fact, final int text) {
        return fact.has(text) ? Xxh64.hash(fact.buffer(), fact.textOffset(text), fact.textLength(text), 0) : NOT_TOLD;
    }

    /**
     * Says how many signals are missing before this one, of a source that numbers them without holes; also before the hello of its next
     * connection, when it goes on counting.
     */
    void tellMissing(final Fact fact) {
        final Sources sources = state.sources();
        final int source = fact.source();
        final long last = sources.lastSequence(source);
        // a gap that the source, or who listens to it, tells itself is told once
        final boolean goesOn = SourceGapDecoder.TEMPLATE_ID != fact.templateId() &&
            (SourceHelloDecoder.TEMPLATE_ID != fact.templateId() || isDense(fact));
        if (last >= 0 && fact.sourceSequence() - last > 1 && sources.isDense(source) && goesOn) {
            events.text().wrap(number, 0, count(0, fact.sourceSequence() - last - 1, "signal"));
            events.source(Codes.SOURCE_GAP, source, fact);
            lost(source);
        }
    }

    private static boolean isDense(final Fact hello) {
        return YesNo.YES.value() == hello.byteAt(HELLO_DENSE);
    }

    Outcome gap(final Fact fact) {
        final int signals = count(0, Math.max(0, fact.longAt(FIRST)), "signal");
        final int separator = number.putStringWithoutLengthAscii(signals, ", ");
        final int bytes = count(signals + separator, Math.max(0, fact.longAt(FIRST + Long.BYTES)), "byte");
        events.text().wrap(number, 0, signals + separator + bytes);
        events.source(Codes.SOURCE_GAP, fact.source(), fact);
        lost(fact.source());
        return Outcome.APPLIED;
    }

    /** Puts it as {@code 1 signal}, {@code 3 signals}; returns its length. */
    private int count(final int at, final long count, final String unit) {
        final int digits = number.putLongAscii(at, count);
        number.putByte(at + digits, (byte)' ');
        final int length = digits + 1 + number.putStringWithoutLengthAscii(at + digits + 1, unit);
        return 1 == count ? length : length + number.putStringWithoutLengthAscii(at + length, "s");
    }

    /** What is lost may have been an item of a list: such a list must not end what it did not show. */
    private void lost(final int source) {
        state.sources().stale(source, true);
        state.snapshots().legs().lost(source);
        forgetLists(source);
    }

    /** Its connection has ended. A source that numbers its signals without holes sends again what was missed, or is found out by a hole. */
    private void mayHaveMissed(final int source) {
        if (!state.sources().isDense(source)) {
            state.sources().stale(source, true);
            state.snapshots().legs().lost(source);
        }
    }

    private void forgetLists(final int source) {
        state.snapshots().forgetLists(source);
        state.listedGroups().forgetOpen(source);
        if (!state.snapshots().owes(source, Snapshots.QUEUES)) {
            state.memberships().dropOut(source);
        }
    }

    Outcome other(final Fact fact) {
        events.reference().wrap(fact, 0);
        events.text().wrap(fact, 1);
        events.source(Codes.SOURCE_OTHER, fact.source(), fact);
        return Outcome.NO_CHANGE;
    }
}

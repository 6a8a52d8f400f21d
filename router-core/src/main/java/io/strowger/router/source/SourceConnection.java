package io.strowger.router.source;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.router.action.ActionHandler;
import io.strowger.router.action.ActionOutlet;
import io.strowger.router.pipeline.Channel;
import io.strowger.router.pipeline.Pipeline;
import io.strowger.router.pipeline.SourceProgress;
import io.strowger.router.pipeline.SourceWatch;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection of a source that speaks signals: the source protocol, without a transport.
 *
 * <pre>
 *   source                                       router
 *     hello (name, dialect, epoch, dense) ──────►
 *     ◄────────── welcome (last source sequence that is kept), credit (how many signals may be sent)
 *     signals behind that sequence ─────────────►
 *     ◄────────── actions, when the hello has declared that it carries some out
 *     results of actions ───────────────────────►
 *     ◄────────── ack (everything up to a source sequence is kept, and how safely), credit, reject
 *     down ─────────────────────────────────────►
 * </pre>
 *
 * <p>Source, tenant and name of a signal are the grant's, whatever it says, and so is the cover where the grant has one. A source sequence
 * that the router has is a duplicate: it is counted and goes no further. A hole in dense numbers is told as {@code source.gap}. A source
 * that sends more than its credit is cut off: what was not acknowledged it sends again when it is back, so nothing is lost, and nobody else
 * waits.
 *
 * <p>An action is the signal that the application has asked with, and has in place of its source sequence the number that its results name
 * as {@code action}. It comes once: what the source has not answered when the connection ends is over, and is never brought to the next
 * one. Results may have source sequences, as all signals, or none.
 *
 * <p>Kept is what is as safe as the router's acknowledgements promise: welcome and ack name no more than that. A reject comes as soon as it
 * is in the journal, and before the acknowledgement that covers it.
 *
 * <p>One thread; it also calls {@link #poll} now and then. Allocates nothing between hello and end but chunks of what waits, and once
 * a place for refusals that there was no room to tell.
 */
public final class SourceConnection {
    /** Most actions that one poll brings. */
    private static final int ACTIONS_A_POLL = 64;

    private static final int LONGEST_FRAMED = SignalLayout.MAX_SIGNAL_LENGTH + 16;

    private final SourceGrant grant;
    private final Pipeline pipeline;
    private final Channel channel;
    private final SourceReplies replies;
    private final SourceSignals signals;
    private final Spill spill;
    private final UnsafeBuffer signal = new UnsafeBuffer(new byte[2 * SignalLayout.MAX_SIGNAL_LENGTH]);
    private final ActionHandler actionHandler = this::onAction;
    private final SourceWatch.RefusalHandler refusalHandler = this::onRefusal;
    /** What was refused here while there was no room to say so; null until then, as for most connections it stays. */
    private SourceWatch unsaid;
    private SourceWatch watch;
    /** Null when the source carries no actions out. */
    private ActionOutlet outlet;
    private ActionNumbers actionNumbers;
    private int source;
    private boolean isOpen;
    /** Refusals wait for room to be told. */
    private boolean hasUntold;
    private boolean isEnding;
    /** It ends because the source has said so, and is told first what there is to tell. */
    private boolean isLeaving;
    private boolean isClosed;
    private boolean isWelcomed;
    private long lastOffered = SourceProgress.NONE;
    private long acknowledged = SourceProgress.NONE;
    /** Sequence of the journal that must be as safe as an acknowledgement promises before the welcome names what it has. */
    private long welcomeBehind;
    private long arrived;
    private long moved;
    private long credited;
    private long duplicates;

    /**
     * A connection that waits for its hello.
     *
     * @param grant    of the credential.
     * @param pipeline of the router.
     * @param sink     carries the router's answers to the source; false: no room now, they come again.
     */
    public SourceConnection(final SourceGrant grant, final Pipeline pipeline, final SignalSink sink) {
        this.grant = grant;
        this.pipeline = pipeline;
        this.channel = pipeline.openChannel();
        this.replies = new SourceReplies(grant, sink);
        this.signals = new SourceSignals(grant, pipeline.progress().nextConnection());
        this.spill = new Spill((long)(grant.window() + 1) * LONGEST_FRAMED);
    }

    /**
     * Takes what the source has sent.
     *
     * @param buffer holds one signal; the caller's again when this returns.
     * @param offset of its SBE header.
     * @param length of the whole signal.
     * @return 1 when it was taken, 0 for a duplicate; {@link ReturnCode#CLOSED} when the connection has ended; or a code below
     *     {@link ReturnCode#REJECTED}, which the source was told of.
     * @throws IllegalStateException of a hello, when the journal has no room for a block now: bring it again.
     */
    public long onSignal(final DirectBuffer buffer, final int offset, final int length) {
        if (isEnding) {
            return ReturnCode.CLOSED;
        }
        if (length < SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH || length > SignalLayout.MAX_SIGNAL_LENGTH) {
            arrived++;
            moved++;
            return refuseLength(buffer, offset, length);
        }
        signal.putBytes(0, buffer, offset, length);
        if (!isOpen) {
            final long code = hello(length);
            // behind it: one that can't be answered now is brought again, and counts then
            arrived++;
            return code;
        }
        arrived++;
        if (arrived > credited) {
            refuse(RejectReason.CAPACITY.value(), buffer, offset, length);
            end("more signals than credit", SignalLayout.sourceTime(signal, 0));
            return ReturnCode.CLOSED;
        }
        return SourceHelloDecoder.TEMPLATE_ID == SignalLayout.templateId(signal, 0) ? unwanted(length) : take(buffer, offset, length);
    }

    /**
     * Moves on what waits, and tells the source how far its signals have come.
     *
     * @return how much there was to do, 0 for nothing.
     */
    public int poll() {
        if (isClosed) {
            return 0;
        }
        int work = spill.drainTo(channel);
        if (ReturnCode.CLOSED == work) {
            isEnding = true;
            finish();
            return 0;
        }
        moved += work;
        work += isOpen ? tell() + bringActions() : Math.max(0, tellUnsaid());
        if (isEnding && spill.isEmpty() && !(isLeaving && isOwedReplies())) {
            finish();
        }
        return work;
    }

    /**
     * The connection has gone: the router says so when all that it brought has moved on. {@link #poll} until {@link #isClosed()}.
     *
     * @param reason for people.
     * @param timeNs when, in nanoseconds since 1970.
     */
    public void end(final String reason, final long timeNs) {
        isLeaving = false;
        end(reason, timeNs, signals.noNumber());
    }

    /** A source that says itself that it ends has numbered that as well. */
    private void end(final String reason, final long timeNs, final long sequence) {
        if (isEnding) {
            poll();
            return;
        }
        isEnding = true;
        if (isOpen) {
            spill.offer(signals.down(reason, timeNs, sequence), 0, signals.downLength());
        }
        poll();
    }

    /** Whether nothing waits and nothing more is taken. */
    public boolean isClosed() {
        return isClosed;
    }

    /** How many signals the router had already. */
    public long duplicates() {
        return duplicates;
    }

    /** Of bytes of a wrong length only the first are kept, as this source's: whose they say they are counts for nothing. */
    private long refuseLength(final DirectBuffer buffer, final int offset, final int length) {
        final int kept = Math.min(length, signal.capacity());
        signal.putBytes(0, buffer, offset, kept);
        if (kept >= SignalLayout.HEADER_LENGTH + SignalLayout.COMMON_BLOCK_LENGTH) {
            signals.stamp(signal);
        }
        final int reason = isOpen ? ReturnCode.rejectReason(channel.offer(signal, 0, length)) : RejectReason.UNKNOWN_SOURCE.value();
        return refuse(reason, buffer, offset, kept);
    }

    private long hello(final int length) {
        if (!pipeline.isOpen()) {
            return ReturnCode.CLOSED;
        }
        final int reason = signals.hello(signal, length);
        if (0 != reason) {
            moved++;
            return refuse(reason, signal, 0, length);
        }
        source = (int)pipeline.ask(fold -> fold.sourceNumber(grant.tenant(), grant.name()));
        if (source > pipeline.progress().capacity()) {
            moved++;
            return refuse(RejectReason.CAPACITY.value(), signal, 0, length);
        }
        // watched before it is asked: what is refused in between is told, and maybe covered by the welcome
        watch = pipeline.progress().watch(source);
        try {
            learnSource();
        } catch (final IllegalStateException notNow) {
            // who brings the hello again watches again
            pipeline.progress().forget(source);
            throw notNow;
        }
        isOpen = true;
        if (channel.offer(signals.helloBuffer(), 0, signals.helloLength()) > 0) {
            moved++;
        } else {
            spill.offer(signals.helloBuffer(), 0, signals.helloLength());
        }
        poll();
        return 1;
    }

    private void learnSource() {
        lastOffered = pipeline.ask(fold -> fold.lastSourceSequence(source));
        acknowledged = lastOffered;
        welcomeBehind = pipeline.lastSequence();
        signals.source(source);
        if (signals.carriesActions()) {
            // there before the hello is folded, from which on the source is given actions
            outlet = pipeline.openOutlet(source);
            actionNumbers = new ActionNumbers();
        }
    }

    /** What is refused goes back as it came: what is stamped on it is the router's own. */
    private long take(final DirectBuffer said, final int offset, final int length) {
        final long sequence = SignalLayout.sourceSequence(signal, 0);
        if (signals.isNumber(sequence) && sequence <= lastOffered) {
            moved++;
            duplicates++;
            pipeline.counters().addAtomic(RouterCounter.DUPLICATES);
            return 0;
        }
        signals.stamp(signal);
        if (null != actionNumbers && signals.isResult(signal) && 0 == signals.check(signal, length)) {
            signals.nameAction(signal, actionNumbers);
        }
        if (SourceDownDecoder.TEMPLATE_ID == SignalLayout.templateId(signal, 0)) {
            isLeaving = true;
            lastOffered = signals.isNumber(sequence) ? Math.max(lastOffered, sequence) : lastOffered;
            end("the source has ended the connection", SignalLayout.sourceTime(signal, 0), sequence);
            return 1;
        }
        if (spill.isEmpty()) {
            final long code = channel.offer(signal, 0, length);
            if (ReturnCode.BACK_PRESSURED != code) {
                moved++;
                return offered(code, sequence, said, offset, length);
            }
        } else {
            final int reason = signals.check(signal, length);
            if (0 != reason) {
                moved++;
                return refuse(reason, said, offset, length);
            }
        }
        spill.offer(signal, 0, length);
        lastOffered = Math.max(lastOffered, sequence);
        return 1;
    }

    private long offered(final long code, final long sequence, final DirectBuffer said, final int offset, final int length) {
        if (code > 0) {
            lastOffered = Math.max(lastOffered, sequence);
            return 1;
        }
        if (ReturnCode.CLOSED == code) {
            isEnding = true;
            finish();
            return code;
        }
        return refuse(ReturnCode.rejectReason(code), said, offset, length);
    }

    private long unwanted(final int length) {
        moved++;
        return refuse(RejectReason.NOT_ALLOWED.value(), signal, 0, length);
    }

    private long refuse(final int reason, final DirectBuffer buffer, final int offset, final int length) {
        final boolean isNumbered = length >= SignalLayout.SOURCE_SEQUENCE_OFFSET + Long.BYTES;
        final long rejected = isNumbered ? SignalLayout.sourceSequence(buffer, offset) : SourceWatch.RefusalHandler.NO_NUMBER;
        if (tellUnsaid() < 0 || !replies.reject(reason, rejected, buffer, offset, length)) {
            unsaid = null == unsaid ? new SourceWatch() : unsaid;
            unsaid.refuse(reason, rejected);
        }
        return ReturnCode.rejected(reason);
    }

    private int tell() {
        // read before the refusals: those of all that is acknowledged with it are then among them
        final long last = pipeline.progress().last(source);
        final int unsaidTold = tellUnsaid();
        final int refusedTold = watch.poll(refusalHandler);
        int work = Math.max(0, unsaidTold) + Math.max(0, refusedTold);
        hasUntold = unsaidTold < 0 || refusedTold < 0;
        if (hasUntold) {
            return work;
        }
        if (!isWelcomed && pipeline.progress().isSafe(welcomeBehind)) {
            isWelcomed = replies.welcome(acknowledged);
            work++;
        }
        return work + tellCredit() + tellProgress(last);
    }

    private int bringActions() {
        return null != outlet && isWelcomed && !isEnding ? Math.max(0, outlet.poll(actionHandler, ACTIONS_A_POLL)) : 0;
    }

    private boolean onAction(final long action, final DirectBuffer buffer, final int offset, final int length) {
        return replies.action(actionNumbers.of(action), buffer, offset, length);
    }

    private int tellUnsaid() {
        return null == unsaid ? 0 : unsaid.poll(refusalHandler);
    }

    private int tellCredit() {
        final long upTo = moved + grant.window();
        if (isWelcomed && (upTo - credited) * 2 >= grant.window() && replies.credit(upTo)) {
            credited = upTo;
            return 1;
        }
        return 0;
    }

    private int tellProgress(final long last) {
        if (isWelcomed && last > acknowledged && replies.ack(last, pipeline.progress().level().said())) {
            acknowledged = last;
            return 1;
        }
        return 0;
    }

    private boolean isOwedReplies() {
        return acknowledged < lastOffered || hasUntold;
    }

    private boolean onRefusal(final int reason, final long sourceSequence, final int count) {
        return replies.refusal(reason, sourceSequence, count);
    }

    private void finish() {
        if (!isClosed) {
            isClosed = true;
            channel.close();
            spill.free();
            if (null != outlet) {
                outlet.close();
            }
            if (isOpen) {
                pipeline.progress().forget(source);
            }
        }
    }
}

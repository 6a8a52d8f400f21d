package io.strowger.router.core;

import io.strowger.codecs.sbe.BridgeDecoder;
import io.strowger.codecs.sbe.ConferenceDecoder;
import io.strowger.codecs.sbe.DialDecoder;
import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.DialStatus;
import io.strowger.codecs.sbe.GroupMembershipDecoder;
import io.strowger.codecs.sbe.HangupAskedDecoder;
import io.strowger.codecs.sbe.HangupDecoder;
import io.strowger.codecs.sbe.HoldDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LegStateDecoder;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.ParkDecoder;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.codecs.sbe.QueueDecoder;
import io.strowger.codecs.sbe.RecordingDecoder;
import io.strowger.codecs.sbe.RegistrationDecoder;
import io.strowger.codecs.sbe.SourceBootedDecoder;
import io.strowger.codecs.sbe.SourceDownDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.TransferDecoder;
import io.strowger.router.record.BlockLayout;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A core with one source, fed fact by fact; what it tells is kept.
 */
final class FoldHarness {
    private static final int LEG_TEXTS = 8;
    /** Place of the reason in the block of a Queue fact, behind the fields that all have. */
    private static final int QUEUE_REASON = 19;

    final BlockWriter out = new BlockWriter(64 * 1024);
    final Core core;
    final List<Told> told = new ArrayList<>();
    Outcome outcome;
    int reason;
    private List<Applied> applied;
    private long sequence;
    private long nowMs = 1_000_000;

    FoldHarness() {
        this(new CoreSettings(1_000, 1_000, 1_000, 10, 42));
    }

    FoldHarness(final CoreSettings settings) {
        core = new Core(settings, out, 0);
    }

    /** A harness that goes on as this one would, with a core that was written and read again. */
    FoldHarness restored() {
        final FoldHarness copy = new FoldHarness(new CoreSettings(1_000, 1_000, 1_000, 10, 43));
        copy.core.read(new WrittenState(core).input());
        copy.out.startBehind(out.sequence(), out.chain());
        copy.sequence = sequence;
        copy.nowMs = nowMs;
        return copy;
    }

    /** A harness whose source is up and has said since when. */
    static FoldHarness up() {
        final FoldHarness harness = new FoldHarness();
        harness.hello(false);
        harness.booted(60_000);
        harness.told.clear();
        return harness;
    }

    FoldHarness hello(final boolean epochKnown) {
        return apply(new Signal(SourceHelloDecoder.TEMPLATE_ID, SourceHelloDecoder.BLOCK_LENGTH, 4).put(8, epochKnown ? 1 : 0)
            .text(0, "pbx-1"));
    }

    FoldHarness booted(final long uptimeMs) {
        return apply(new Signal(SourceBootedDecoder.TEMPLATE_ID, SourceBootedDecoder.BLOCK_LENGTH, 1).putLongAt(0, uptimeMs));
    }

    /** Told since when it runs (null: not), and what it calls this run (null: nothing). */
    FoldHarness booted(final Long uptimeMs, final String name) {
        return apply(new Signal(SourceBootedDecoder.TEMPLATE_ID, SourceBootedDecoder.BLOCK_LENGTH, 1)
            .putLongAt(0, null == uptimeMs ? Codes.NULL_LONG : uptimeMs).text(0, name));
    }

    FoldHarness down() {
        return apply(new Signal(SourceDownDecoder.TEMPLATE_ID, SourceDownDecoder.BLOCK_LENGTH, 2).text(0, "pbx-1"));
    }

    static Signal leg(final int templateId, final int blockLength, final int ownTexts, final String id, final String call) {
        final Signal signal = new Signal(templateId, blockLength, LEG_TEXTS + ownTexts).put(0, Codes.NULL).text(0, id).text(1, call);
        final String user = id.startsWith("u") ? id.substring(1, 4) : null;
        return signal.text(2, null == user ? "PJSIP/trunk-1" : "PJSIP/" + user + "-1").text(3, user);
    }

    static Signal seen(final String id, final String call) {
        return leg(LegSeenDecoder.TEMPLATE_ID, LegSeenDecoder.BLOCK_LENGTH, 2, id, call).put(0, LegState.RING.value()).put(2, Codes.NULL);
    }

    static Signal state(final String id, final String call, final LegState state) {
        return leg(LegStateDecoder.TEMPLATE_ID, LegStateDecoder.BLOCK_LENGTH, 0, id, call).put(0, state.value());
    }

    static Signal dial(final DialPhase phase, final DialStatus status, final String from, final String to, final String call) {
        return leg(DialDecoder.TEMPLATE_ID, DialDecoder.BLOCK_LENGTH, 6, to, call).put(2, phase.value()).put(3, status.value())
            .text(8, from)
            .text(11, null != from && from.startsWith("u") ? from.substring(1, 4) : null);
    }

    static Signal bridge(final boolean enters, final String id, final String call, final String bridge, final int members) {
        return leg(BridgeDecoder.TEMPLATE_ID, BridgeDecoder.BLOCK_LENGTH, 1, id, call).put(2, enters ? 0 : 1).putIntAt(4, members)
            .text(8, bridge);
    }

    static Signal hold(final boolean holds, final String id) {
        return leg(HoldDecoder.TEMPLATE_ID, HoldDecoder.BLOCK_LENGTH, 0, id, null).put(2, holds ? 0 : 1);
    }

    static Signal queue(final QueueAction action, final String id, final String group) {
        return leg(QueueDecoder.TEMPLATE_ID, QueueDecoder.BLOCK_LENGTH, 5, id, null).put(2, action.value())
            .put(QUEUE_REASON, Codes.NULL).text(8, group);
    }

    static Signal park(final ParkAction action, final String id, final String space) {
        return leg(ParkDecoder.TEMPLATE_ID, ParkDecoder.BLOCK_LENGTH, 4, id, null).put(2, action.value()).text(8, "default").text(9, space);
    }

    static Signal transfer(final int result, final String id, final String by, final String to) {
        return leg(TransferDecoder.TEMPLATE_ID, TransferDecoder.BLOCK_LENGTH, 5, id, null).put(3, result).text(8, by).text(11, to);
    }

    static Signal conference(final boolean joins, final String id, final String name) {
        return leg(ConferenceDecoder.TEMPLATE_ID, ConferenceDecoder.BLOCK_LENGTH, 1, id, null).put(2, joins ? 0 : 1).text(8, name);
    }

    static Signal recording(final boolean starts, final String id) {
        return leg(RecordingDecoder.TEMPLATE_ID, RecordingDecoder.BLOCK_LENGTH, 1, id, null).put(2, starts ? 0 : 1);
    }

    static Signal recording(final boolean starts, final String id, final String reference) {
        return recording(starts, id).text(8, reference);
    }

    static Signal membership(final MembershipAction action, final String user, final String group) {
        return new Signal(GroupMembershipDecoder.TEMPLATE_ID, GroupMembershipDecoder.BLOCK_LENGTH, 5).put(0, action.value())
            .text(0, user).text(1, group).text(2, "PJSIP/" + user);
    }

    static Signal registration(final boolean in, final String user) {
        return new Signal(RegistrationDecoder.TEMPLATE_ID, RegistrationDecoder.BLOCK_LENGTH, 3).put(0, in ? 0 : 1)
            .text(0, user).text(1, "PJSIP/" + user);
    }

    static Signal hangupAsked(final String id) {
        return leg(HangupAskedDecoder.TEMPLATE_ID, HangupAskedDecoder.BLOCK_LENGTH, 0, id, null).putShortAt(2, Short.MIN_VALUE).put(4, 0);
    }

    static Signal hangup(final String id, final int cause) {
        return leg(HangupDecoder.TEMPLATE_ID, HangupDecoder.BLOCK_LENGTH, 1, id, null).putShortAt(2, cause);
    }

    FoldHarness later(final long ms) {
        nowMs += ms;
        return this;
    }

    FoldHarness apply(final Signal signal) {
        return applyAs(signal.from(1, ++sequence, nowMs));
    }

    /** Applies a signal as it is, source and sequence included. */
    FoldHarness applyAs(final Signal signal) {
        if (null != applied) {
            final byte[] bytes = new byte[signal.length()];
            signal.buffer().getBytes(0, bytes);
            applied.add(new Applied(new UnsafeBuffer(bytes), nowMs * 1_000_000));
        }
        core.apply(signal.buffer(), 0, signal.length(), nowMs * 1_000_000);
        return collect();
    }

    /** What no source numbers: an action or a grant of a client (source 0), what a source says of an action. */
    FoldHarness applyFrom(final int source, final Signal signal) {
        return applyAs(signal.from(source, Codes.NULL_LONG, nowMs));
    }

    /** A time from now, in nanoseconds. */
    long inMs(final long ms) {
        return (nowMs + ms) * 1_000_000;
    }

    /** From now on what is applied and paid is kept. */
    List<Applied> keeping() {
        applied = new ArrayList<>();
        return applied;
    }

    FoldHarness payOwed() {
        while (core.owes()) {
            payOnce();
        }
        return this;
    }

    /** One record of what is owed. */
    FoldHarness payOnce() {
        if (null != applied) {
            applied.add(new Applied(null, nowMs * 1_000_000));
        }
        core.payOwed(nowMs * 1_000_000);
        return collect();
    }

    FoldHarness disconnected() {
        while (core.disconnectSource(nowMs * 1_000_000)) {
            collect();
        }
        return this;
    }

    boolean isTickDue(final long downLimitMs, final long ageLimitMs) {
        return core.isTickDue(new TickLimits(downLimitMs, ageLimitMs, -1), nowMs * 1_000_000);
    }

    FoldHarness tick(final long downLimitMs, final long ageLimitMs) {
        return tick(new TickLimits(downLimitMs, ageLimitMs, -1));
    }

    FoldHarness tick(final TickLimits limits) {
        core.tick(limits, nowMs * 1_000_000);
        return collect();
    }

    long sequence() {
        return sequence;
    }

    List<String> types() {
        return told.stream().map(Told::type).collect(Collectors.toList());
    }

    List<String> typesOf(final String id) {
        return told.stream().filter(e -> id.equals(e.id())).map(Told::type).collect(Collectors.toList());
    }

    Told last(final String type) {
        return told.stream().filter(e -> type.equals(e.type())).reduce((a, b) -> b)
            .orElseThrow(() -> new AssertionError("no " + type + " in " + told));
    }

    private FoldHarness collect() {
        final int length = out.finish();
        boolean first = true;
        for (int record = BlockLayout.HEADER_LENGTH; record < length; record += RecordLayout.length(out.buffer(), record)) {
            if (first) {
                outcome = Outcome.of(RecordLayout.outcome(out.buffer(), record));
                reason = RecordLayout.reason(out.buffer(), record);
                first = false;
            }
            if (0 != RecordLayout.eventLength(out.buffer(), record)) {
                told.add(Told.of(out.buffer(), RecordLayout.eventOffset(out.buffer(), record)));
            }
        }
        out.reset();
        return this;
    }

    /**
     * What the core was given.
     *
     * @param signal of just its length; null: to pay what is owed, once.
     */
    record Applied(UnsafeBuffer signal, long timeNs) {
    }
}

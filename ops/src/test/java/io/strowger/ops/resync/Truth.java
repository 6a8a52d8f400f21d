package io.strowger.ops.resync;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.BridgeAction;
import io.strowger.codecs.sbe.BridgeDecoder;
import io.strowger.codecs.sbe.ConnectionState;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.GroupMembershipDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.OtherDecoder;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.ParkDecoder;
import io.strowger.codecs.sbe.QueueDecoder;
import io.strowger.codecs.sbe.RegistrationAction;
import io.strowger.codecs.sbe.RegistrationDecoder;
import io.strowger.codecs.sbe.SourceBootedDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.SourceSnapshotItemDecoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.core.SessionStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a source has: its legs from a clean fold; bridges, parking places, members and devices by the last word of its facts, also of those
 * that it says before it is known since when it runs. Another boot ends its bridges and parking places; members and devices outlast it.
 */
final class Truth {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SAME_BOOT_NS = 2_000_000_000L;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Map<String, String> bridges = new TreeMap<>();
    private final Map<String, String[]> parked = new TreeMap<>();
    private final Map<String, Map<String, String[]>> members = new TreeMap<>();
    private final SilentLegs silent = new SilentLegs();
    private final Map<String, String> devices = new LinkedHashMap<>();
    private boolean knowsEpoch = true;
    private boolean isUnheard;
    private boolean isAsked;
    private long bootNs;
    private String epoch = "";

    void learn(final UnsafeBuffer fact) {
        final int template = SignalLayout.templateId(fact, 0);
        isAsked = false;
        isUnheard |= !knowsEpoch && template >= LegSeenDecoder.TEMPLATE_ID && template <= OtherDecoder.TEMPLATE_ID;
        silent.learn(fact);
        switch (template) {
            case SourceHelloDecoder.TEMPLATE_ID ->
                knowsEpoch = YesNo.YES == new SourceHelloDecoder().wrapAndApplyHeader(fact, 0, header).epochKnown();
            case SourceBootedDecoder.TEMPLATE_ID -> booted(new SourceBootedDecoder().wrapAndApplyHeader(fact, 0, header));
            case BridgeDecoder.TEMPLATE_ID -> bridge(new BridgeDecoder().wrapAndApplyHeader(fact, 0, header));
            case QueueDecoder.TEMPLATE_ID -> queue(new QueueDecoder().wrapAndApplyHeader(fact, 0, header));
            case ParkDecoder.TEMPLATE_ID -> park(new ParkDecoder().wrapAndApplyHeader(fact, 0, header));
            case GroupMembershipDecoder.TEMPLATE_ID -> member(new GroupMembershipDecoder().wrapAndApplyHeader(fact, 0, header));
            case RegistrationDecoder.TEMPLATE_ID -> device(new RegistrationDecoder().wrapAndApplyHeader(fact, 0, header));
            case SourceSnapshotItemDecoder.TEMPLATE_ID -> item(new SourceSnapshotItemDecoder().wrapAndApplyHeader(fact, 0, header));
            default -> { }
        }
    }

    /** Whether the last fact has said since when the source runs, and only lists can bring what the source has said before it. */
    boolean isAsked() {
        return isAsked;
    }

    /** All lists of what there is now, the one of legs last. */
    List<UnsafeBuffer> lists(final FoldedStream stream, final long timeNs) {
        final List<SessionStatus> sessions = stream.sessions();
        final List<UnsafeBuffer> signals = new ArrayList<>();
        final ListSignals lists = new ListSignals(timeNs);
        signals.add(lists.begin(ListKind.QUEUES));
        members.forEach((group, its) -> {
            signals.add(lists.item(ListKind.QUEUES).group(group).encode());
            its.values().forEach(member -> signals.add(lists.item(ListKind.MEMBERS).group(group).device(member[0]).user(member[1])
                .name(member[2]).paused("paused".equals(member[3])).encode()));
        });
        sessions.stream().filter(session -> null != session.group())
            .forEach(session -> signals.add(lists.item(ListKind.QUEUES).leg(session).group(session.group()).encode()));
        signals.add(lists.end(ListKind.QUEUES));
        signals.add(lists.begin(ListKind.PARKED));
        sessions.stream().filter(session -> ConnectionState.PARKED.value() == session.state() && parked.containsKey(session.nativeId()))
            .forEach(session -> signals.add(lists.item(ListKind.PARKED).leg(session).group(parked.get(session.nativeId())[0])
                .space(parked.get(session.nativeId())[1]).encode()));
        signals.add(lists.end(ListKind.PARKED));
        signals.add(lists.begin(ListKind.BRIDGES));
        bridges.values().stream().distinct().forEach(bridge -> signals.add(lists.item(ListKind.BRIDGES).bridge(bridge).encode()));
        signals.add(lists.end(ListKind.BRIDGES));
        signals.add(lists.begin(ListKind.REGISTRATIONS));
        devices.forEach((device, user) -> signals.add(lists.item(ListKind.REGISTRATIONS).device(device).user(user).encode()));
        signals.add(lists.end(ListKind.REGISTRATIONS));
        signals.add(lists.begin(ListKind.LEGS));
        Stream.concat(sessions.stream(), silent.in(stream).stream()).forEach(session -> signals.add(lists.item(ListKind.LEGS).leg(session)
            .state(legState(session)).held(ConnectionState.HELD.value() == session.state())
            .direction(Direction.get((short)session.direction())).bridge(bridges.getOrDefault(session.nativeId(), "")).encode()));
        signals.add(lists.end(ListKind.LEGS));
        return signals;
    }

    /** How many legs there are that no event has told of. */
    int silent(final FoldedStream stream) {
        return silent.in(stream).size();
    }

    private static LegState legState(final SessionStatus session) {
        if (0 != session.establishedNs()) {
            return LegState.UP;
        }
        return ConnectionState.ALERTING.value() == session.state() ? LegState.RINGING : LegState.RING;
    }

    private void booted(final SourceBootedDecoder fact) {
        isAsked = isUnheard;
        isUnheard = false;
        knowsEpoch = true;
        final long boot = fact.uptimeMs() < 0 ? 0 : fact.sourceTime() - fact.uptimeMs() * NANOS_PER_MILLI;
        final String name = fact.epoch();
        if ((0 != bootNs && Math.abs(boot - bootNs) > SAME_BOOT_NS) || !(epoch.isEmpty() || epoch.equals(name))) {
            bridges.clear();
            parked.clear();
        }
        bootNs = boot;
        epoch = name;
    }

    private void bridge(final BridgeDecoder fact) {
        final boolean enters = BridgeAction.ENTER == fact.action();
        final String leg = fact.nativeId();
        skip(fact);
        final String bridge = fact.bridgeId();
        if (enters) {
            bridges.put(leg, bridge);
        } else {
            bridges.remove(leg, bridge);
        }
    }

    private static void skip(final BridgeDecoder fact) {
        fact.skipCallId();
        fact.skipDevice();
        fact.skipUser();
        fact.skipNumber();
        fact.skipName();
        fact.skipRemoteParty();
        fact.skipRemoteName();
    }

    private void queue(final QueueDecoder fact) {
        fact.skipNativeId();
        fact.skipCallId();
        fact.skipDevice();
        fact.skipUser();
        fact.skipNumber();
        fact.skipName();
        fact.skipRemoteParty();
        fact.skipRemoteName();
        final String group = fact.group();
        if (!group.isEmpty()) {
            members.computeIfAbsent(group, absent -> new LinkedHashMap<>());
        }
    }

    private void park(final ParkDecoder fact) {
        final boolean isIn = ParkAction.PARKED == fact.action() || ParkAction.SWAPPED == fact.action();
        final String leg = fact.nativeId();
        fact.skipCallId();
        fact.skipDevice();
        fact.skipUser();
        fact.skipNumber();
        fact.skipName();
        fact.skipRemoteParty();
        fact.skipRemoteName();
        if (isIn) {
            parked.put(leg, new String[] {fact.lot(), fact.space()});
        } else {
            parked.remove(leg);
        }
    }

    private void member(final GroupMembershipDecoder fact) {
        final MembershipAction action = fact.action();
        final boolean paused = YesNo.YES == fact.paused() || MembershipAction.PAUSED == action;
        final String user = fact.user();
        final String group = fact.group();
        final String device = fact.device();
        final String name = fact.name();
        if (MembershipAction.REMOVED == action) {
            members.getOrDefault(group, Map.of()).remove(key(device, name, user));
        } else {
            put(group, device, user, name, paused);
        }
    }

    private void item(final SourceSnapshotItemDecoder fact) {
        if (ListKind.MEMBERS != fact.listKind()) {
            return;
        }
        final boolean paused = YesNo.YES == fact.paused();
        fact.skipNativeId();
        fact.skipCallId();
        final String device = fact.device();
        final String user = fact.user();
        fact.skipNumber();
        final String name = fact.name();
        fact.skipRemoteParty();
        fact.skipRemoteName();
        fact.skipListId();
        fact.skipBridgeId();
        put(fact.group(), device, user, name, paused);
    }

    private void put(final String group, final String device, final String user, final String name, final boolean paused) {
        members.computeIfAbsent(group, absent -> new LinkedHashMap<>())
            .put(key(device, name, user), new String[] {device, user, name, paused ? "paused" : "ready"});
    }

    private void device(final RegistrationDecoder fact) {
        final boolean isIn = RegistrationAction.REGISTERED == fact.action();
        final String user = fact.user();
        final String device = fact.device();
        if (isIn && !user.isEmpty()) {
            devices.put(device, user);
        } else {
            devices.remove(device);
        }
    }

    private static String key(final String device, final String name, final String user) {
        return device.isEmpty() ? name.isEmpty() ? user : name : device;
    }
}

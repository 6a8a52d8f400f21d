package io.strowger.ops.captures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the PBX itself reported in its connections, counted by a plain reading of them. */
final class Said {
    private static final Pattern PHONE = Pattern.compile("PJSIP/(\\d{2,6})");

    final Map<String, Leg> legs = new HashMap<>();
    final Set<String> others = new HashSet<>();
    final Set<String> dialled = new HashSet<>();
    final Map<String, String> remote = new HashMap<>();
    final Map<String, Integer> reasons = new TreeMap<>();
    final Map<String, Set<String>> users = new TreeMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, String> waiting = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> parked = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private String lastLeft;
    private String lastReason;

    Said(final List<byte[]> connections) {
        boolean isFirst = true;
        for (final byte[] connection : connections) {
            final List<Map<String, String>> blocks = AmiBlocks.of(connection);
            if (!isFirst && blocks.stream().anyMatch(Said::isFreshlyBooted)) {
                restarted();
            }
            isFirst = false;
            blocks.stream().filter(block -> null != block.get("Event")).forEach(this::read);
        }
    }

    /** How often each event type is due: type, least, most. */
    List<Object[]> due(final int redirects) {
        final List<Object[]> due = new ArrayList<>();
        exactly(due, "call.queued", count("QueueCallerJoin"));
        exactly(due, "call.dequeued", reasons.values().stream().mapToInt(Integer::intValue).sum());
        exactly(due, "call.parked", count("ParkedCall"));
        exactly(due, "call.unparked", count("unparked"));
        exactly(due, "call.held", count("Hold"));
        exactly(due, "call.retrieved", count("retrieved"));
        exactly(due, "call.conferenced", count("ConfbridgeJoin"));
        exactly(due, "group.logged-in", count("QueueMemberAdded"));
        exactly(due, "group.logged-out", count("QueueMemberRemoved"));
        exactly(due, "group.not-ready", count("paused"));
        exactly(due, "group.ready", count("unpaused"));
        exactly(due, "history.call-recorded", count("MixMonitorStart"));
        // a transfer to the parking extension may count as a transfer or not, a Redirect as one or not
        due.add(new Object[] {"call.transferred", Math.max(0, count("transfer") - count("ParkedCall")), count("transfer") + redirects});
        return due;
    }

    private void read(final Map<String, String> block) {
        final String event = block.get("Event");
        leg(event, block);
        count(event, block);
        queue(event, block);
        registration(event, block);
    }

    /** What was held, waiting or parked is so no longer, and nobody says it. */
    private void restarted() {
        waiting.keySet().forEach(id -> reasons.merge("left", 1, Integer::sum));
        counts.merge("unparked", parked.size(), Integer::sum);
        waiting.clear();
        held.clear();
        parked.clear();
    }

    private static boolean isFreshlyBooted(final Map<String, String> block) {
        return "FullyBooted".equals(block.get("Event")) && Integer.parseInt(block.getOrDefault("Uptime", "9")) < 3;
    }

    private void leg(final String event, final Map<String, String> block) {
        final String id = block.get("Uniqueid");
        final boolean real = !Leg.isPseudo(block.getOrDefault("Channel", "Local/"));
        if ("Newchannel".equals(event) && real) {
            if (!id.equals(block.get("Linkedid"))) {
                dialled.add(id);
            }
            legs.put(id, new Leg(block.get("Channel"), List.of(block.get("Linkedid"))));
        }
        if (Set.of("CoreShowChannel", "Status", "Hangup").contains(event) && real && !legs.containsKey(id)) {
            others.add(id);
        }
        final Leg leg = legs.get(id);
        if (null != leg && "6".equals(block.get("ChannelState")) && Set.of("Newchannel", "Newstate").contains(event)) {
            leg.up = true;
        }
        if (null != leg && "Hangup".equals(event)) {
            leg.gone = true;
            leg.cause = Integer.parseInt(block.getOrDefault("Cause", "0"));
            remote.put(id, block.get("ConnectedLineNum"));
            asked.add(id);
        }
        if ("HangupRequest".equals(event)) {
            asked.add(id);
        }
        if ("DialBegin".equals(event) && null != block.get("Channel")) {
            dialled.add(block.get("DestUniqueid"));
        }
    }

    private void count(final String event, final Map<String, String> block) {
        final String id = block.get("Uniqueid");
        switch (event) {
            case "BlindTransfer", "AttendedTransfer" -> add("transfer", "Success".equals(block.get("Result")));
            case "QueueMemberPause" -> add("1".equals(block.get("Paused")) ? "paused" : "unpaused", true);
            case "Hold" -> add("Hold", held.add(id));
            case "Unhold" -> add("retrieved", held.remove(id));
            case "ParkedCall" -> {
                parked.add(block.get("ParkeeUniqueid"));
                add(event, true);
            }
            case "UnParkedCall", "ParkedCallTimeOut", "ParkedCallGiveUp" -> {
                parked.remove(block.get("ParkeeUniqueid"));
                add("unparked", true);
            }
            default -> add(event, true);
        }
    }

    private void queue(final String event, final Map<String, String> block) {
        final String id = block.get("Uniqueid");
        switch (event) {
            case "QueueCallerJoin" -> waiting.put(id, "left");
            case "QueueCallerAbandon" -> waiting.computeIfPresent(id, (key, before) -> asked.contains(id) ? "abandoned" : "timed-out");
            case "AgentConnect" -> {
                waiting.computeIfPresent(id, (key, before) -> "answered");
                if (id.equals(lastLeft) && "left".equals(lastReason)) {
                    reasons.merge("left", -1, Integer::sum);
                    reasons.merge("answered", 1, Integer::sum);
                }
                lastLeft = id.equals(lastLeft) ? null : lastLeft;
            }
            case "QueueCallerLeave" -> {
                if (waiting.containsKey(id)) {
                    lastLeft = id;
                    lastReason = waiting.remove(id);
                    reasons.merge(lastReason, 1, Integer::sum);
                }
            }
            default -> {
            }
        }
        reasons.values().removeIf(number -> 0 == number);
    }

    private void registration(final String event, final Map<String, String> block) {
        final Matcher phone = PHONE.matcher(block.getOrDefault("Peer", ""));
        if ("PeerStatus".equals(event) && phone.matches()) {
            final String status = block.getOrDefault("PeerStatus", "");
            if (Set.of("Registered", "Reachable").contains(status)) {
                users.computeIfAbsent("user.logged-in", key -> new TreeSet<>()).add(phone.group(1));
            }
            if (Set.of("Unregistered", "Unreachable").contains(status)) {
                users.computeIfAbsent("user.logged-out", key -> new TreeSet<>()).add(phone.group(1));
            }
        }
    }

    private int count(final String name) {
        return counts.getOrDefault(name, 0);
    }

    private void add(final String name, final boolean counted) {
        counts.merge(name, counted ? 1 : 0, Integer::sum);
    }

    private static void exactly(final List<Object[]> due, final String type, final int count) {
        due.add(new Object[] {type, count, count});
    }
}

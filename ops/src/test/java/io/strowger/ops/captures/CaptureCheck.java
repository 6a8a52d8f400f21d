package io.strowger.ops.captures;

import io.strowger.ops.JsonLines;
import io.strowger.ops.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ingests a capture, reads the journal back through the commands, and lists what disagrees with what really happened. */
final class CaptureCheck {
    private static final double TOLERANCE_SECONDS = 0.15;
    private static final Set<String> UNKNOWN = Set.of("", "<unknown>");
    /** The ends of a leg that was lost between two connections, once and one of these. */
    private static final Set<List<String>> LOST = Set.of(List.of("source-restarted"), List.of("not-in-snapshot"));

    private final Capture capture;
    private final boolean lean;
    private final boolean isReconnected;
    private final List<String> wrong = new ArrayList<>();
    private final Said said;
    private final Map<String, Leg> rows;

    CaptureCheck(final Capture capture, final boolean lean) {
        this.capture = capture;
        this.lean = lean;
        final List<byte[]> connections = capture.received(lean ? "lean/" : "");
        this.isReconnected = connections.size() > 1;
        this.said = new Said(connections);
        this.rows = rows();
    }

    /** Runs all checks. */
    List<String> run(final Path folder) {
        final String journal = folder.resolve("journal").toString();
        final List<String> words = new ArrayList<>(List.of("ingest"));
        capture.unpackAll(lean ? "lean/" : "", folder).forEach(stream -> words.add(stream.toString()));
        words.addAll(List.of("--format", "ami", "--source", "pbx-1", "--tenant", "1", "--journal", journal));
        final Run ingest = Run.of(words.toArray(new String[0]));
        if (0 != ingest.exitCode()) {
            return List.of("ingest: " + ingest.err());
        }
        final List<Event> events = JsonLines.parse(Run.of("tail", journal, "--format", "json").lines()).stream().map(Event::new).toList();
        checkOrder(events);
        final Map<String, List<Event>> byNative = events.stream()
            .filter(event -> event.type().startsWith("call.") && null != event.text("nativeId"))
            .collect(Collectors.groupingBy(event -> event.text("nativeId")));
        rows.forEach((id, leg) -> checkLeg(id, leg, byNative.getOrDefault(id, List.of())));
        final Set<String> strangers = new HashSet<>(byNative.keySet());
        strangers.removeAll(rows.keySet());
        strangers.removeAll(said.others);
        check(strangers.isEmpty(), "sessions that no phone or trunk had: " + strangers);
        checkCounts(events);
        checkUsers(events);
        checkStatus(journal);
        final Run replay = Run.of("replay", journal);
        check(0 == replay.exitCode(), "replay: " + replay.err());
        check(ingest.lastLine().matches("position \\d+ chain [0-9a-f]{16} digest [0-9a-f]{16}"), "ingest ends with " + ingest.lastLine());
        check(replay.lastLine().equals(ingest.lastLine()), "replay ends with " + replay.lastLine() + ", ingest with " + ingest.lastLine());
        return wrong;
    }

    private Map<String, Leg> rows() {
        final Map<String, Leg> table = Leg.table(capture.text("expected.md"));
        if (said.legs.size() > table.size()) {
            return said.legs;   // floods: the table is cut short
        }
        final Map<String, Leg> result = new TreeMap<>(table);
        if (lean) {
            // the lean client may have seen ends that the other missed
            said.legs.forEach((id, leg) -> result.computeIfPresent(id, (key, row) -> row.gone == leg.gone ? row : leg));
        }
        return result;
    }

    private void checkOrder(final List<Event> events) {
        long last = 0;
        for (final Event event : events) {
            check(event.sequence() > last, "sequences repeat or go back at " + event.sequence());
            last = event.sequence();
        }
    }

    private void checkLeg(final String id, final Leg leg, final List<Event> mine) {
        if (mine.isEmpty()) {
            wrong.add(id + ": no event at all");
            return;
        }
        final List<String> types = mine.stream().map(Event::type).toList();
        final List<Event> ends = mine.stream().filter(event -> "call.cleared".equals(event.type())).toList();
        final Set<String> users = values(mine, "localUser");
        check(users.size() == 1 && users.contains(String.valueOf(leg.user())), id + ": local user " + users + ", really " + leg.user());
        final long established = types.stream().filter("call.established"::equals).count();
        check(established == (leg.up ? 1 : 0), id + ": established " + established + " times, up: " + leg.up);
        check(leg.calls.containsAll(values(mine, "callId")), id + ": call id " + values(mine, "callId") + ", really " + leg.calls);
        check(ends.isEmpty() || mine.get(mine.size() - 1).equals(ends.get(ends.size() - 1)), id + ": events after its end: " + types);
        if (null != leg.user()) {
            final Set<String> direction = Set.of(said.dialled.contains(id) ? "incoming" : "outgoing");
            check(values(mine, "direction").equals(direction), id + ": direction " + values(mine, "direction") + ", really " + direction);
        }
        if (!leg.gone && isReconnected) {
            final List<String> causes = ends.stream().map(end -> String.valueOf(end.text("cause"))).toList();
            check(LOST.contains(causes), id + ": lost in the restart, but its end is " + causes);
        } else if (!leg.gone) {
            check(ends.isEmpty(), id + ": cleared, but it never ended");
        } else if (ends.size() != 1) {
            wrong.add(id + ": cleared " + ends.size() + " times, not once");
        } else {
            checkEnd(id, leg, mine, ends.get(0));
        }
    }

    private void checkEnd(final String id, final Leg leg, final List<Event> mine, final Event end) {
        if (null != leg.upFor) {
            final Long duration = end.number("durationMs");
            check(null != duration && Math.abs(duration / 1000.0 - leg.upFor) <= TOLERANCE_SECONDS,
                id + ": duration " + duration + " ms, really " + leg.upFor + " s");
        }
        if (null != leg.life && mine.size() > 1) {
            final double lived = end.seconds() - mine.get(0).seconds();
            check(Math.abs(lived - leg.life) <= TOLERANCE_SECONDS, id + ": lived " + lived + " s, really " + leg.life);
        }
        if (null != leg.cause) {
            final Long code = end.number("causeCode");
            check(null != code && code.intValue() == leg.cause, id + ": cause code " + code + ", really " + leg.cause);
        }
        final String remote = said.remote.get(id);
        if (null != leg.user() && null != remote && !UNKNOWN.contains(remote)) {
            check(remote.equals(end.text("remoteParty")),
                id + ": remote party at the end " + end.text("remoteParty") + ", really " + remote);
        }
    }

    private void checkCounts(final List<Event> events) {
        final Map<String, Integer> ours = new HashMap<>();
        final Map<String, Integer> reasons = new TreeMap<>();
        for (final Event event : events) {
            ours.merge(event.type(), 1, Integer::sum);
            if ("call.dequeued".equals(event.type())) {
                reasons.merge(String.valueOf(event.text("reason")), 1, Integer::sum);
            }
        }
        for (final Object[] due : said.due(redirects())) {
            final int count = ours.getOrDefault((String)due[0], 0);
            check(count >= (Integer)due[1] && count <= (Integer)due[2], due[0] + ": " + count + ", really " + due[1] + " to " + due[2]);
        }
        check(reasons.equals(said.reasons), "left the queue " + reasons + ", really " + said.reasons);
    }

    private void checkUsers(final List<Event> events) {
        if (capture.name().startsWith("30-")) {
            said.users.forEach((type, users) -> {
                final Set<String> ours = events.stream().filter(event -> type.equals(event.type())).map(Event::subject)
                    .collect(Collectors.toSet());
                check(ours.equals(users), type + " of " + ours + ", really " + users);
            });
        }
    }

    private void checkStatus(final String journal) {
        final Run status = Run.of("status", journal, "--format", "json");
        check(0 == status.exitCode(), "status: " + status.err());
        final Set<Object> open = JsonLines.parse(status.lines()).stream().filter(line -> "session".equals(line.get("kind")))
            .map(line -> line.get("nativeId")).collect(Collectors.toSet());
        open.removeAll(said.others);
        final Set<Object> truth = rows.entrySet().stream().filter(row -> !row.getValue().gone && !isReconnected).map(Map.Entry::getKey)
            .collect(Collectors.toSet());
        check(open.equals(truth), "status has open sessions " + open + ", really " + truth);
    }

    private int redirects() {
        return capture.text("tx.raw").split("Action: Redirect\r\n", -1).length - 1;
    }

    private void check(final boolean right, final String complaint) {
        if (!right) {
            wrong.add(complaint);
        }
    }

    private static Set<String> values(final List<Event> events, final String field) {
        return events.stream().map(event -> String.valueOf(event.text(field))).collect(Collectors.toSet());
    }
}

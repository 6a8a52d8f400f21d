package io.strowger.ops.captures;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happened in a scenario of a Kamailio server, as its expected.md tells it: seen from the phones. */
final class ProxyStory {
    private static final Pattern LINE = Pattern.compile("- +([0-9.]+)  (.*)");
    private static final Pattern DIALS = Pattern.compile("(\\w+) dials (\\w+)");
    private static final Pattern FAILED = Pattern.compile("\\w+: call is failed \\(SIP (\\d+)\\)");
    private static final Pattern HOLDS = Pattern.compile("(\\w+) (un)?holds");
    private static final Pattern SENT = Pattern.compile("- (\\w+)->(\\w+): (\\d+)");
    private static final Pattern REGISTER = Pattern.compile(".*\"event\":\"register\".*\"from\":\"sip:(\\w+)@.*");
    private static final Pattern BOTH_ONCE = Pattern.compile("hold and unhold by re-INVITE, both sides once,.*");
    private static final Pattern FLOOD = Pattern.compile("flood: (\\d+) calls in one second by sipp, (\\d+) s each");

    /** A call as it was. */
    static final class Call {
        final String caller;
        final String callee;
        Double upAt;
        Double goneAt;
        /** Status that it failed with, 0 when it did not. */
        int failed;

        Call(final String caller, final String callee) {
            this.caller = caller;
            this.callee = callee;
        }
    }

    final List<Call> calls = new ArrayList<>();
    /** Sender and receiver of each message. */
    final List<String> messages = new ArrayList<>();
    /** Users whose phones registered. */
    final Set<String> registered = new LinkedHashSet<>();

    private final List<String> holds = new ArrayList<>();
    private boolean areHoldsRetrieved;

    ProxyStory(final List<String> expected) {
        for (final String line : expected) {
            final Matcher timed = LINE.matcher(line);
            final Matcher sent = SENT.matcher(line);
            final Matcher register = REGISTER.matcher(line);
            final Matcher flood = FLOOD.matcher(line);
            if (BOTH_ONCE.matcher(line).matches()) {
                areHoldsRetrieved = true;
            } else if (timed.matches()) {
                happened(Double.parseDouble(timed.group(1)), timed.group(2));
            } else if (sent.matches()) {
                messages.add(sent.group(1) + " " + sent.group(2));
            } else if (register.matches()) {
                registered.add(register.group(1));
            } else if (flood.matches()) {
                flood(Integer.parseInt(flood.group(1)), Double.parseDouble(flood.group(2)));
            }
        }
    }

    /** Holds and retrievals in order: the user and the event. The list of what happened leaves out the last retrieval. */
    List<String> holds() {
        final List<String> all = new ArrayList<>(holds);
        if (areHoldsRetrieved && holds.size() % 2 == 1) {
            all.add(holds.get(holds.size() - 1).replace("held", "retrieved"));
        }
        return all;
    }

    private void flood(final int count, final double seconds) {
        for (int i = 0; i < count; i++) {
            final Call call = new Call("sipp", "8200");
            call.upAt = 0.0;
            call.goneAt = seconds;
            calls.add(call);
        }
    }

    private void happened(final double at, final String what) {
        final Matcher dials = DIALS.matcher(what);
        final Matcher failed = FAILED.matcher(what);
        final Matcher holding = HOLDS.matcher(what);
        if (dials.matches()) {
            calls.add(new Call(dials.group(1), dials.group(2)));
        } else if (failed.matches()) {
            last().failed = Integer.parseInt(failed.group(1));
            last().goneAt = at;
        } else if (holding.matches()) {
            holds.add(holding.group(1) + (null == holding.group(2) ? " call.held" : " call.retrieved"));
        } else if (what.endsWith("call is up (SIP 200)")) {
            last().upAt = at;
        } else if (what.endsWith(" hangs up")) {
            last().goneAt = at;
        }
    }

    private Call last() {
        return calls.get(calls.size() - 1);
    }
}

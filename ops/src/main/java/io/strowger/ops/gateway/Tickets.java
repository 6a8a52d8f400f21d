package io.strowger.ops.gateway;

import io.strowger.ops.access.Admitted;
import io.strowger.ops.access.Tokens;
import io.strowger.ops.gateway.web.Problem;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tickets for browsers, which can show no token where they open a stream: each is good once, for half a minute, and may stand in an
 * address, as it is worth nothing behind that. On the gateway's loop.
 */
final class Tickets {
    private static final long LIFE_NS = 30_000_000_000L;
    private static final int MOST = 100_000;
    private static final int MOST_OF_ONE = 1_000;

    private final Map<String, Ticket> tickets = new LinkedHashMap<>();
    /** How many wait of each application. */
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Gives one out.
     *
     * @param nowNs monotonic.
     */
    String issue(final Admitted caller, final long nowNs) {
        final Iterator<Ticket> oldest = tickets.values().iterator();
        while (oldest.hasNext()) {
            final Ticket ticket = oldest.next();
            if (nowNs - ticket.madeNs() <= LIFE_NS) {
                break;
            }
            oldest.remove();
            uncount(ticket.name());
        }
        final String name = caller.credential().name();
        if (tickets.size() >= MOST || counts.getOrDefault(name, 0) >= MOST_OF_ONE) {
            throw Problem.tooMany("too many tickets wait to be used");
        }
        final String made = Tokens.create();
        tickets.put(made, new Ticket(caller, name, nowNs));
        counts.merge(name, 1, Integer::sum);
        return made;
    }

    /** Takes one in; null when it is none, or none any more. */
    Admitted redeem(final String name, final long nowNs) {
        final Ticket ticket = tickets.remove(name);
        if (null != ticket) {
            uncount(ticket.name());
        }
        return null == ticket || nowNs - ticket.madeNs() > LIFE_NS || !ticket.caller().isStill() ? null : ticket.caller();
    }

    private void uncount(final String name) {
        counts.computeIfPresent(name, (of, count) -> 1 == count ? null : count - 1);
    }

    /**
     * A ticket.
     *
     * @param name of the application that it is counted for.
     */
    private record Ticket(Admitted caller, String name, long madeNs) {
    }
}

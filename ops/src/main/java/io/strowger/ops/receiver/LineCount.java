package io.strowger.ops.receiver;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Connections that are open, in all and from each address. For one too many the one gives way that came first of those who have not said
 * yet whose they are: who has something to say says it at once. On the receiver's loop.
 */
final class LineCount {
    private final ReceiverLimits limits;
    /** In the order they came, with the address of each. */
    private final Map<HttpLine, String> open = new LinkedHashMap<>();
    private final Map<String, Set<HttpLine>> byAddress = new HashMap<>();

    LineCount(final ReceiverLimits limits) {
        this.limits = limits;
    }

    /** Counts a connection in; false when it is one too many, and nobody gives way. */
    boolean add(final HttpLine line, final String address) {
        final Set<HttpLine> neighbours = byAddress.getOrDefault(address, Set.of());
        final boolean isRoom = neighbours.size() >= limits.perAddress() ? giveWay(neighbours)
            : open.size() < limits.connections() || giveWay(open.keySet());
        if (isRoom) {
            open.put(line, address);
            byAddress.computeIfAbsent(address, from -> new LinkedHashSet<>()).add(line);
        }
        return isRoom;
    }

    /** A connection has gone, whether it was counted or not. */
    void remove(final HttpLine line) {
        final String address = open.remove(line);
        if (null != address) {
            final Set<HttpLine> neighbours = byAddress.get(address);
            neighbours.remove(line);
            if (neighbours.isEmpty()) {
                byAddress.remove(address);
            }
        }
    }

    /** Those that are open now. */
    List<HttpLine> all() {
        return List.copyOf(open.keySet());
    }

    private boolean giveWay(final Set<HttpLine> lines) {
        final Iterator<HttpLine> each = lines.iterator();
        while (each.hasNext()) {
            final HttpLine line = each.next();
            if (line.giveWay()) {
                remove(line);
                return true;
            }
        }
        return false;
    }
}

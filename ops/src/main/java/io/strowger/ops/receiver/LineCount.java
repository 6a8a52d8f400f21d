package io.strowger.ops.receiver;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connections that are open, in all and from each address. On the receiver's loop. */
final class LineCount {
    private final ReceiverLimits limits;
    private final Set<HttpLine> open = new HashSet<>();
    private final Map<String, Integer> byAddress = new HashMap<>();

    LineCount(final ReceiverLimits limits) {
        this.limits = limits;
    }

    /** Counts a connection in; false when it is one too many. */
    boolean add(final HttpLine line, final String address) {
        if (open.size() >= limits.connections() || byAddress.getOrDefault(address, 0) >= limits.perAddress()) {
            return false;
        }
        open.add(line);
        byAddress.merge(address, 1, Integer::sum);
        return true;
    }

    /** A connection that was counted has gone. */
    void remove(final HttpLine line, final String address) {
        if (open.remove(line)) {
            byAddress.computeIfPresent(address, (from, count) -> 1 == count ? null : count - 1);
        }
    }

    /** Those that are open now. */
    List<HttpLine> all() {
        return List.copyOf(open);
    }
}

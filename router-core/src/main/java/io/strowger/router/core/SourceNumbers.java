package io.strowger.router.core;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives out the numbers of sources: known ones from the state, new ones in the order they ask, before their hello makes them state.
 * Control path only.
 */
final class SourceNumbers {
    private final Sources sources;
    private final Map<Name, Integer> reserved = new HashMap<>();
    private int last;

    SourceNumbers(final Sources sources) {
        this.sources = sources;
    }

    int number(final int tenant, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final int known = sources.find(tenant, new UnsafeBuffer(bytes), 0, bytes.length);
        if (0 != known) {
            return known;
        }
        last = Math.max(last, sources.count());
        return reserved.computeIfAbsent(new Name(tenant, name), absent -> ++last);
    }

    /** Two tenants may call their sources alike. */
    private record Name(int tenant, String text) {
    }
}

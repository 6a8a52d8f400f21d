package io.strowger.router.action;

import io.strowger.codecs.Xxh64;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The clients that have an open handle, by tenant and client id. Core thread only; allocates when a client comes or goes.
 */
final class ClientTable {
    private final Long2ObjectHashMap<ClientLines> clients = new Long2ObjectHashMap<>();
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[0]);

    /**
     * Looks whether a handle may come.
     *
     * @throws IllegalStateException when its client has too many.
     */
    void check(final ActionLine line) {
        id.wrap(line.clientId());
        final ClientLines there = find(line.tenant(), id, 0, id.capacity());
        if (null != there) {
            there.check();
        }
    }

    void add(final ActionLine line) {
        id.wrap(line.clientId());
        ClientLines there = find(line.tenant(), id, 0, id.capacity());
        if (null == there) {
            there = new ClientLines(line);
            long place = hash(line.tenant(), id, 0, id.capacity());
            while (clients.containsKey(place)) {
                place++;
            }
            clients.put(place, there);
        }
        there.add(line);
    }

    /** Removes a handle. A client without one keeps its place, for the next and for those that collide with it: they are few. */
    void remove(final ActionLine line) {
        id.wrap(line.clientId());
        final ClientLines there = find(line.tenant(), id, 0, id.capacity());
        if (null != there) {
            there.remove(line);
        }
    }

    /** The client, null when it has had no handle. */
    ClientLines find(final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        long place = hash(tenant, buffer, offset, length);
        ClientLines there = clients.get(place);
        while (null != there && !there.is(tenant, buffer, offset, length)) {
            place++;
            there = clients.get(place);
        }
        return there;
    }

    private static long hash(final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        return Xxh64.hash(buffer, offset, length, tenant);
    }
}

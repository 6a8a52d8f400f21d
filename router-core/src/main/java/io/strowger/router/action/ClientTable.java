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
    private final long places;

    /** Of nobody. */
    ClientTable() {
        this(-1);
    }

    /**
     * Of nobody.
     *
     * @param places mask of where clients stand by their hash: the fewer, the more of them collide.
     */
    ClientTable(final long places) {
        this.places = places;
    }

    /** How many clients have a handle. */
    int size() {
        return clients.size();
    }

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
            place(there);
        }
        there.add(line);
    }

    private void place(final ClientLines client) {
        long place = placeOf(client);
        while (clients.containsKey(place)) {
            place++;
        }
        clients.put(place, client);
    }

    /** Removes a handle, and the client with its last one. */
    void remove(final ActionLine line) {
        id.wrap(line.clientId());
        final ClientLines there = find(line.tenant(), id, 0, id.capacity());
        if (null != there) {
            there.remove(line);
            if (0 == there.size()) {
                remove(there);
            }
        }
    }

    /** Those behind it stand there as they collide with it, or with one another: they are placed anew, and no look for one ends before. */
    private void remove(final ClientLines client) {
        long place = placeOf(client);
        while (client != clients.get(place)) {
            place++;
        }
        clients.remove(place);
        place++;
        ClientLines behind = clients.remove(place);
        while (null != behind) {
            place(behind);
            place++;
            behind = clients.remove(place);
        }
    }

    private long placeOf(final ClientLines client) {
        id.wrap(client.clientId());
        return hash(client.tenant(), id, 0, id.capacity());
    }

    /** The client, null when it has no handle. */
    ClientLines find(final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        long place = hash(tenant, buffer, offset, length);
        ClientLines there = clients.get(place);
        while (null != there && !there.is(tenant, buffer, offset, length)) {
            place++;
            there = clients.get(place);
        }
        return there;
    }

    private long hash(final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        return Xxh64.hash(buffer, offset, length, tenant) & places;
    }
}

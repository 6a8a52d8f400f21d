package io.strowger.ops.gateway.web;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Room for the connections of all applications together, over whatever gateway they come. Any thread.
 *
 * <pre>
 *   take ──► WAITING ──opened──► OPEN ──► over
 *               ^ │ └── gives way: the oldest, when all room is taken; the oldest of its address, when too many of that wait
 *               └─┘ waits again
 * </pre>
 *
 * <p>Who has something to say says it at once: the one that has waited the longest is the least of a loss, so that those who open
 * connections and say nothing keep nobody out.
 */
public final class ConnectionRoom {
    /** This part of all may wait from one address. */
    private static final int ADDRESS_PART = 8;
    private static final int FEWEST_OF_ADDRESS = 16;

    private final int most;
    private final int mostOfAddress;
    /** Those that wait, in the order they came. */
    private final Set<Place> waiting = new LinkedHashSet<>();
    private final Map<String, Set<Place>> byAddress = new HashMap<>();
    private int taken;

    /**
     * Room that nobody has taken.
     *
     * @param most connections.
     */
    public ConnectionRoom(final int most) {
        this(most, Math.max(FEWEST_OF_ADDRESS, most / ADDRESS_PART));
    }

    /**
     * The same, with a bound of its own for an address.
     *
     * @param mostOfAddress that may wait from one.
     */
    public ConnectionRoom(final int most, final int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /**
     * Takes room for a connection, which waits.
     *
     * @param address of the other side.
     * @param giveWay ends it; called once at most, on any thread: that of the one it gives way to.
     * @return null when there is none, and nobody waits.
     */
    public Place take(final String address, final Runnable giveWay) {
        final Place gone;
        final Place place = new Place(address, giveWay);
        synchronized (this) {
            final Set<Place> neighbours = byAddress.getOrDefault(address, Set.of());
            final boolean isAddressFull = neighbours.size() >= mostOfAddress;
            if (!isAddressFull && taken >= most && waiting.isEmpty()) {
                return null;
            }
            gone = isAddressFull ? neighbours.iterator().next() : taken >= most ? waiting.iterator().next() : null;
            if (null != gone) {
                remove(gone);
            }
            taken++;
            addToWaiting(place);
        }
        if (null != gone) {
            gone.giveWay.run();
        }
        return place;
    }

    /** How many are taken. */
    public synchronized int taken() {
        return taken;
    }

    private void addToWaiting(final Place place) {
        waiting.add(place);
        byAddress.computeIfAbsent(place.address, from -> new LinkedHashSet<>()).add(place);
    }

    private void removeFromWaiting(final Place place) {
        if (waiting.remove(place)) {
            final Set<Place> neighbours = byAddress.get(place.address);
            neighbours.remove(place);
            if (neighbours.isEmpty()) {
                byAddress.remove(place.address);
            }
        }
    }

    private void remove(final Place place) {
        if (!place.isOver) {
            place.isOver = true;
            removeFromWaiting(place);
            taken--;
        }
    }

    /** The room of one connection. Any thread. */
    public final class Place {
        private final String address;
        private final Runnable giveWay;
        private boolean isOver;

        private Place(final String address, final Runnable giveWay) {
            this.address = address;
            this.giveWay = giveWay;
        }

        /** It is of use from now on, and gives way to nobody. */
        public void opened() {
            synchronized (ConnectionRoom.this) {
                removeFromWaiting(this);
            }
        }

        /** It is idle from now on, and gives way when there is no other room. Where it is so already, nothing changes. */
        public void waits() {
            synchronized (ConnectionRoom.this) {
                if (!isOver && !waiting.contains(this)) {
                    addToWaiting(this);
                }
            }
        }

        /** Gives its room back. Repeated calls, and those of one that has given way, do nothing. */
        public void giveBack() {
            synchronized (ConnectionRoom.this) {
                remove(this);
            }
        }
    }
}

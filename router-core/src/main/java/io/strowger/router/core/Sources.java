package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateFormatException;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;

/**
 * The sources: their names, tenants and epochs, how far their signals are known, and whether what is known of them can be relied on.
 *
 * <p>A source has a number from 1 and an epoch ordinal from 1 that grows with each of its restarts; both together are the scope in which a
 * native id is unique.
 */
final class Sources {
    private static final int NUMBER_LENGTH = 8;

    private final KeyedTable names;
    private final int[] nameSlots;
    private final int[] tenants;
    private final long[] told;
    private final long[] lastSequences;
    private final long[] lastRejected;
    private final long[] boots;
    private final long[] identities;
    private final long[] sinceNs;
    private final boolean[] known;
    private final boolean[] up;
    private final boolean[] epochKnown;
    private final boolean[] dense;
    private final boolean[] stale;
    private final long[] downNs;
    private final long[] capabilities;
    private final int[] connections;
    private final int[] coverNames;
    /** What is written of a source as plain numbers. */
    private final long[][] numbers;
    private final TextStore texts;
    private final SessionLists lists;
    private final Epochs epochs;
    private int count;

    /**
     * No source yet.
     *
     * @param texts keeps the names of sources that cover others.
     */
    Sources(final Slabs slabs, final int capacity, final long hashSeed, final TextStore texts) {
        lists = new SessionLists(capacity);
        epochs = new Epochs(capacity, lists);
        names = new KeyedTable(slabs, capacity, NUMBER_LENGTH, hashSeed);
        nameSlots = new int[capacity + 1];
        tenants = new int[capacity + 1];
        told = new long[capacity + 1];
        lastSequences = new long[capacity + 1];
        lastRejected = new long[capacity + 1];
        boots = new long[capacity + 1];
        identities = new long[capacity + 1];
        sinceNs = new long[capacity + 1];
        known = new boolean[capacity + 1];
        up = new boolean[capacity + 1];
        epochKnown = new boolean[capacity + 1];
        dense = new boolean[capacity + 1];
        stale = new boolean[capacity + 1];
        downNs = new long[capacity + 1];
        capabilities = new long[capacity + 1];
        connections = new int[capacity + 1];
        coverNames = new int[capacity + 1];
        numbers = new long[][] {told, lastSequences, lastRejected, boots, identities, sinceNs, downNs, capabilities};
        this.texts = texts;
    }

    /**
     * Finds a source by its name, which is a name within its tenant.
     *
     * @return its number, or 0.
     */
    int find(final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        final int slot = names.find(tenant, buffer, offset, length);
        return slot < 0 ? 0 : Fields.get(names, slot, 0);
    }

    /**
     * Makes a source.
     *
     * @param number from 1, of no other source; its name is not in use.
     * @return false when there is no room.
     */
    boolean add(final int number, final Fact fact, final int name) {
        if (!add(number, fact.tenant(), fact.buffer(), fact.textOffset(name), fact.textLength(name))) {
            return false;
        }
        lastSequences[number] = -1;
        lastRejected[number] = -1;
        epochs.begin(number);
        return true;
    }

    private boolean add(final int number, final int tenant, final DirectBuffer buffer, final int offset, final int length) {
        final int slot = number < tenants.length ? names.add(tenant, buffer, offset, length) : KeyedTable.FULL;
        if (slot < 0) {
            return false;
        }
        count = Math.max(count, number);
        known[number] = true;
        Fields.put(names, slot, 0, number);
        nameSlots[number] = slot;
        tenants[number] = tenant;
        return true;
    }

    /** Their sessions. */
    SessionLists lists() {
        return lists;
    }

    boolean isKnown(final int number) {
        return number > 0 && number <= count && known[number];
    }

    /** The greatest number in use; some before it may not be known yet. */
    int count() {
        return count;
    }

    int tenant(final int number) {
        return tenants[number];
    }

    /** What names the epoch in events: boot instant in nanoseconds, or a hash of the source's own identity; 0 when not known. */
    long epoch(final int number) {
        return told[number];
    }

    /** Sets the epoch; sessions that began before it was known keep the identity they began with. */
    void epoch(final int number, final long epoch) {
        told[number] = epoch;
        if (0 == lists.count(number)) {
            epochs.id(number, epoch);
        }
    }

    /** Boot instant of the epoch in nanoseconds, 0 when it was not told. */
    long boot(final int number) {
        return boots[number];
    }

    void boot(final int number, final long bootNs) {
        boots[number] = bootNs;
    }

    /** Hash of the name that the source gave to the epoch, 0 when it gave none. */
    long identity(final int number) {
        return identities[number];
    }

    void identity(final int number, final long identity) {
        identities[number] = identity;
    }

    /** Source time at which the epoch was first told of. */
    long sinceNs(final int number) {
        return sinceNs[number];
    }

    void sinceNs(final int number, final long timeNs) {
        sinceNs[number] = timeNs;
    }

    boolean isEpochKnown(final int number) {
        return epochKnown[number];
    }

    void epochKnown(final int number, final boolean known) {
        epochKnown[number] = known;
    }

    /** Whether the source numbers its signals without holes. */
    boolean isDense(final int number) {
        return dense[number];
    }

    void dense(final int number, final boolean isDense) {
        dense[number] = isDense;
    }

    boolean isUp(final int number) {
        return up[number];
    }

    /** The source has said hello on this connection. */
    void up(final int number, final int connection) {
        up[number] = true;
        connections[number] = connection;
    }

    /** The connection that the source said hello on last. */
    int connection(final int number) {
        return connections[number];
    }

    /** The source has gone; since when, in journal time. */
    void down(final int number, final long journalTimeNs) {
        up[number] = false;
        downNs[number] = journalTimeNs;
    }

    /** Journal time since which the source is down, when it is. */
    long downNs(final int number) {
        return downNs[number];
    }

    /** What the source can carry out, a bit for each kind of action. */
    long capabilities(final int number) {
        return capabilities[number];
    }

    void capabilities(final int number, final long kinds) {
        capabilities[number] = kinds;
    }

    /** Whether something of the source may have been missed, so that what is known of its sessions may not be true. */
    boolean isStale(final int number) {
        return stale[number];
    }

    void stale(final int number, final boolean isStale) {
        stale[number] = isStale;
    }

    /** The name of the source that covers this one, empty for none. */
    void coveredBy(final int number, final Fact fact, final int name) {
        final int kept = texts.replace(coverNames[number], fact.buffer(), fact.textOffset(name), fact.textLength(name));
        coverNames[number] = TextStore.FULL == kept ? coverNames[number] : kept;
    }

    /**
     * The source that covers another, of the same tenant.
     *
     * @return its number, or 0 when the other has none, or one that is not known.
     */
    int cover(final int number) {
        final int name = coverNames[number];
        if (TextStore.EMPTY == name) {
            return 0;
        }
        final int cover = find(tenants[number], texts.buffer(name), texts.offset(name), texts.length(name));
        return cover != number ? cover : 0;
    }

    /** Whether another source, which nobody covers itself, speaks for the users of this one now. */
    boolean isCovered(final int number) {
        final int cover = cover(number);
        return 0 != cover && up[cover] && !stale[cover] && 0 == cover(cover);
    }

    long lastSequence(final int number) {
        return lastSequences[number];
    }

    void lastSequence(final int number, final long sequence) {
        lastSequences[number] = sequence;
    }

    /** Greatest source sequence named by a refused signal. */
    long lastRejected(final int number) {
        return lastRejected[number];
    }

    void lastRejected(final int number, final long sequence) {
        lastRejected[number] = sequence;
    }

    /** The scope of the living native ids of a source. */
    long scope(final int number) {
        return scope(number, epochs.ordinal(number));
    }

    static long scope(final int number, final int ordinal) {
        return ((long)number << 32) | ordinal;
    }

    static int number(final long scope) {
        return (int)(scope >>> 32);
    }

    /** Their epochs. */
    Epochs epochs() {
        return epochs;
    }

    DirectBuffer nameBuffer(final int number) {
        return names.keyBuffer(nameSlots[number]);
    }

    int nameOffset(final int number) {
        return names.keyOffset(nameSlots[number]);
    }

    int nameLength(final int number) {
        return names.keyLength(nameSlots[number]);
    }

    /**
     * A new epoch has begun: all sessions are owed their end.
     */
    void restart(final int number, final long timeNs, final Session view) {
        epochs.restart(number, timeNs, view);
        boots[number] = 0;
        identities[number] = 0;
    }

    long digest(final StateDigest digest) {
        digest.begin();
        for (int number = 1; number <= count; number++) {
            if (!known[number]) {
                continue;
            }
            long content = Texts.hash(tenants[number], number);
            content = Texts.hash(told[number], content);
            content = epochs.hash(number, content);
            content = Texts.hash(lastSequences[number], content);
            content = Texts.hash(lastRejected[number], content);
            content = Texts.hash(boots[number], Texts.hash(identities[number], content));
            content = Texts.hash(sinceNs[number], content);
            content = Texts.hash(flags(number), content);
            content = Texts.hash(downNs[number], Texts.hash(connections[number], content));
            content = Texts.hash(capabilities[number], Texts.hash(texts, coverNames[number], content));
            digest.entry(number, nameBuffer(number), nameOffset(number), nameLength(number), content);
        }
        return digest.end();
    }

    private int flags(final int number) {
        return (up[number] ? 1 : 0) + (epochKnown[number] ? 2 : 0) + (dense[number] ? 4 : 0) + (stale[number] ? 8 : 0);
    }

    /** Writes a source that is known, its sessions left out. */
    void write(final StateOutput out, final int number) {
        out.putInt(tenants[number]);
        out.putText(nameBuffer(number), nameOffset(number), nameLength(number));
        out.putInt(connections[number]);
        out.putByte(flags(number));
        out.putText(texts, coverNames[number]);
        for (final long[] field : numbers) {
            out.putLong(field[number]);
        }
        epochs.write(out, number);
    }

    /** Reads a source that is not known yet. */
    void read(final StateInput in, final int number) {
        final int tenant = in.getInt();
        final DirectBuffer name = in.getText();
        if (!add(number, tenant, name, 0, name.capacity())) {
            throw new StateFormatException("no room for source " + number);
        }
        connections[number] = in.getInt();
        final int flags = in.getByte();
        up[number] = 0 != (flags & 1);
        epochKnown[number] = 0 != (flags & 2);
        dense[number] = 0 != (flags & 4);
        stale[number] = 0 != (flags & 8);
        coverNames[number] = in.getText(texts);
        for (final long[] field : numbers) {
            field[number] = in.getLong();
        }
        epochs.read(in, number);
    }
}

package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.StateDigest;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The sources: their names, tenants and epochs, and the sessions of each in the order they began.
 *
 * <p>A source has a number from 1 and an epoch ordinal from 1 that grows with each of its restarts; both together are the scope in which a
 * native id is unique. When a source restarts, the whole list of its sessions becomes the list of what is owed, in one step.
 */
final class Sources {
    private static final int NUMBER_LENGTH = 8;
    private static final int FEW_EPOCHS = 4;

    private final KeyedTable names;
    private final int[] nameSlots;
    private final int[] tenants;
    private final long[] epochs;
    private final int[] ordinals;
    private final int[] oldestOwedOrdinals;
    private final long[] lastSequences;
    private final long[] lastRejected;
    private final long[] boots;
    private final long[] identities;
    private final long[] sinceNs;
    private final int[] firsts;
    private final int[] lasts;
    private final int[] owedFirsts;
    private final int[] owedLasts;
    private final long[] counts;
    private final long[] owedCounts;
    private final long[][] idEpochs;
    private final long[][] endsNs;
    private final boolean[] up;
    private final boolean[] epochKnown;
    private final boolean[] dense;
    private int count;
    private int owing;

    Sources(final int capacity, final long hashSeed) {
        names = new KeyedTable(capacity, NUMBER_LENGTH, hashSeed);
        nameSlots = new int[capacity + 1];
        tenants = new int[capacity + 1];
        epochs = new long[capacity + 1];
        ordinals = new int[capacity + 1];
        oldestOwedOrdinals = new int[capacity + 1];
        lastSequences = new long[capacity + 1];
        lastRejected = new long[capacity + 1];
        boots = new long[capacity + 1];
        identities = new long[capacity + 1];
        sinceNs = new long[capacity + 1];
        firsts = filled(capacity + 1);
        lasts = filled(capacity + 1);
        owedFirsts = filled(capacity + 1);
        owedLasts = filled(capacity + 1);
        counts = new long[capacity + 1];
        owedCounts = new long[capacity + 1];
        idEpochs = new long[capacity + 1][];
        endsNs = new long[capacity + 1][];
        up = new boolean[capacity + 1];
        epochKnown = new boolean[capacity + 1];
        dense = new boolean[capacity + 1];
    }

    /**
     * Finds a source by its name.
     *
     * @return its number, or 0.
     */
    int find(final DirectBuffer buffer, final int offset, final int length) {
        final int slot = names.find(0, buffer, offset, length);
        return slot < 0 ? 0 : names.buffer(slot).getInt(names.payload(slot), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Makes the next source.
     *
     * @param number one more than there are; its name is not in use.
     * @return false when there is no room.
     */
    boolean add(final int number, final Fact fact, final int name) {
        final DirectBuffer buffer = fact.buffer();
        final int offset = fact.textOffset(name);
        final int length = fact.textLength(name);
        final int slot = names.add(0, buffer, offset, length);
        if (slot < 0) {
            return false;
        }
        count++;
        names.buffer(slot).putInt(names.payload(slot), number, ByteOrder.LITTLE_ENDIAN);
        nameSlots[number] = slot;
        tenants[number] = fact.tenant();
        ordinals[number] = 1;
        lastSequences[number] = -1;
        lastRejected[number] = -1;
        idEpochs[number] = new long[FEW_EPOCHS];
        endsNs[number] = new long[FEW_EPOCHS];
        return true;
    }

    boolean isKnown(final int number) {
        return number > 0 && number <= count;
    }

    int count() {
        return count;
    }

    int tenant(final int number) {
        return tenants[number];
    }

    /** What names the epoch in events: boot instant in nanoseconds, or a hash of the source's own identity; 0 when not known. */
    long epoch(final int number) {
        return epochs[number];
    }

    /** Sets the epoch; sessions that began before it was known keep the identity they began with. */
    void epoch(final int number, final long epoch) {
        epochs[number] = epoch;
        if (0 == counts[number]) {
            idEpochs[number][ordinals[number] % idEpochs[number].length] = epoch;
        }
    }

    /** The epoch that the sessions of a scope are identified by. */
    long idEpoch(final long scope) {
        final long[] ring = idEpochs[number(scope)];
        return ring[(int)scope % ring.length];
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

    void up(final int number, final boolean isUp) {
        up[number] = isUp;
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
        return scope(number, ordinals[number]);
    }

    static long scope(final int number, final int ordinal) {
        return ((long)number << 32) | ordinal;
    }

    static int number(final long scope) {
        return (int)(scope >>> 32);
    }

    int ordinal(final int number) {
        return ordinals[number];
    }

    /** The oldest epoch that may still have sessions. */
    int oldestOrdinal(final int number) {
        return Session.NONE == owedFirsts[number] ? ordinals[number] : oldestOwedOrdinals[number];
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
        if (Session.NONE != firsts[number]) {
            if (Session.NONE == owedFirsts[number]) {
                owedFirsts[number] = firsts[number];
                oldestOwedOrdinals[number] = ordinals[number];
                owing++;
            } else {
                view.at(owedLasts[number]).nextOfSource(firsts[number]);
                view.at(firsts[number]).previousOfSource(owedLasts[number]);
            }
            owedLasts[number] = lasts[number];
            firsts[number] = Session.NONE;
            lasts[number] = Session.NONE;
        }
        owedCounts[number] += counts[number];
        counts[number] = 0;
        endsNs[number][ordinals[number] % endsNs[number].length] = timeNs;
        ordinals[number]++;
        boots[number] = 0;
        identities[number] = 0;
        if (ordinals[number] - oldestOrdinal(number) >= idEpochs[number].length) {
            idEpochs[number] = larger(number, idEpochs[number]);
            endsNs[number] = larger(number, endsNs[number]);
        }
    }

    /** Room for as many epochs as have sessions; more than a few dead ones at a time are rare. */
    private long[] larger(final int number, final long[] ring) {
        final long[] larger = new long[ring.length * 2];
        for (int ordinal = oldestOrdinal(number); ordinal < ordinals[number]; ordinal++) {
            larger[ordinal % larger.length] = ring[ordinal % ring.length];
        }
        return larger;
    }

    /** Source time at which it was known that a dead epoch had ended. */
    long endNs(final long scope) {
        final long[] ring = endsNs[number(scope)];
        return ring[(int)scope % ring.length];
    }

    boolean owes() {
        return owing > 0;
    }

    /** The first source that owes ends, or 0. */
    int firstOwing() {
        for (int number = 1; owing > 0 && number <= count; number++) {
            if (Session.NONE != owedFirsts[number]) {
                return number;
            }
        }
        return 0;
    }

    /** How many sessions of dead epochs are owed their end. */
    long owedCount(final int number) {
        return owedCounts[number];
    }

    int firstOwed(final int number) {
        return owedFirsts[number];
    }

    /**
     * Hangs a new session behind the others of its source.
     */
    void append(final int number, final Session session, final Session view) {
        counts[number]++;
        session.previousOfSource(lasts[number]);
        session.nextOfSource(Session.NONE);
        if (Session.NONE == lasts[number]) {
            firsts[number] = session.slot();
        } else {
            view.at(lasts[number]).nextOfSource(session.slot());
        }
        lasts[number] = session.slot();
    }

    /**
     * Takes a session out of the list it hangs in.
     */
    void remove(final int number, final boolean owed, final Session session, final Session view) {
        (owed ? owedCounts : counts)[number]--;
        final int previous = session.previousOfSource();
        final int next = session.nextOfSource();
        if (Session.NONE != previous) {
            view.at(previous).nextOfSource(next);
        }
        if (Session.NONE != next) {
            view.at(next).previousOfSource(previous);
        }
        final int slot = session.slot();
        firsts[number] = firsts[number] == slot ? next : firsts[number];
        lasts[number] = lasts[number] == slot ? previous : lasts[number];
        owedLasts[number] = owedLasts[number] == slot ? previous : owedLasts[number];
        if (owedFirsts[number] == slot) {
            owedFirsts[number] = next;
            owing -= Session.NONE == next ? 1 : 0;
        }
    }

    long digest(final StateDigest digest) {
        digest.begin();
        for (int number = 1; number <= count; number++) {
            long content = Texts.hash(tenants[number], number);
            content = Texts.hash(epochs[number], content);
            for (int ordinal = oldestOrdinal(number); ordinal <= ordinals[number]; ordinal++) {
                content = Texts.hash(idEpoch(scope(number, ordinal)), Texts.hash(ordinal, content));
                content = ordinal < ordinals[number] ? Texts.hash(endNs(scope(number, ordinal)), content) : content;
            }
            content = Texts.hash(oldestOrdinal(number), content);
            content = Texts.hash(lastSequences[number], content);
            content = Texts.hash(lastRejected[number], content);
            content = Texts.hash(boots[number], Texts.hash(identities[number], content));
            content = Texts.hash(sinceNs[number], content);
            content = Texts.hash((up[number] ? 1 : 0) + (epochKnown[number] ? 2 : 0) + (dense[number] ? 4 : 0), content);
            digest.entry(number, nameBuffer(number), nameOffset(number), nameLength(number), content);
        }
        return digest.end();
    }

    private static int[] filled(final int length) {
        final int[] slots = new int[length];
        Arrays.fill(slots, Session.NONE);
        return slots;
    }
}

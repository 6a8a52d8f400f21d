package io.strowger.router.core;

import io.strowger.codecs.Xxh64;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import java.util.Arrays;

/**
 * Lists that sources give of what they have, and the work that their ends leave: walks over the source's sessions.
 *
 * <p>Each list that begins opens the next <em>generation</em> of its source. Whatever a fact or an item shows is stamped with the source's
 * present generation. So, of a list that began in generation g:
 *
 * <pre>
 *   stamped before g        not shown since the list began: absent when the list ends, corrected by an item of the list
 *   stamped in g or later   shown since: a live fact wins over an item, and an end of the list takes nothing away
 * </pre>
 *
 * <p>Generations count modulo 65,536; how old a stamp is, is told from the present one backwards.
 *
 * <p>A walk is owed from the end of a list until it has been round. Walks of one source go one after the other, in the order of their
 * codes. A list that is open is void when its connection ends or a signal of its source is lost; walks are void when the epoch ends.
 */
final class Snapshots {
    /** Codes of the schema's ListKind, and of the walks that their ends owe. */
    static final int LEGS = 0;
    static final int STATES = 1;
    static final int QUEUES = 2;
    static final int PARKED = 3;
    static final int BRIDGES = 4;
    static final int MEMBERS = 5;
    static final int REGISTRATIONS = 6;
    /** A walk that ends the sessions of a device whose users another source speaks for again. */
    static final int COVERED = 7;
    /** A walk that ends the sessions of a source that stays down. */
    static final int DOWN = 8;
    /** A walk that ends sessions that nothing has confirmed for too long. */
    static final int AGED = 9;


    /** The stamp of what nothing has shown yet. */
    static final int UNSTAMPED = -1;

    /** No walk. */
    static final int NONE = -1;

    private static final int KINDS = 10;
    private static final int GENERATION_MASK = 0xFFFF;
    private static final int STAY_MASK = 0xFF;

    private final int[] generations;
    private final long[][] listIds;
    private final int[][] beganIn;
    /** Generation in which the list began whose end is walked: another of its kind may have begun since. */
    private final int[][] walksFrom;
    private final long[][] timesNs;
    private final int[][] items;
    private final LegLists legs;
    private final int[] owed;
    private final int[] walking;
    private final int[] devices;
    private int owing;
    private int lastPaid;

    Snapshots(final int sources) {
        generations = new int[sources + 1];
        listIds = new long[KINDS][sources + 1];
        beganIn = new int[KINDS][sources + 1];
        walksFrom = new int[KINDS][sources + 1];
        timesNs = new long[KINDS][sources + 1];
        items = new int[KINDS][sources + 1];
        legs = new LegLists(sources);
        owed = new int[sources + 1];
        walking = new int[sources + 1];
        Arrays.fill(walking, NONE);
        devices = new int[sources + 1];
        Arrays.fill(devices, Session.NONE);
    }

    /** What a source's facts and items are stamped with. */
    int generation(final int source) {
        return generations[source];
    }

    /**
     * A list begins; one of its kind that is open takes no effect any more. What the end of the one before is still owed is walked all the
     * same.
     *
     * @param media of a list of legs, {@link Codes#NULL} for all.
     */
    void begin(final int source, final int kind, final long listId, final int media) {
        generations[source] = (generations[source] + 1) & GENERATION_MASK;
        listIds[kind][source] = listId;
        beganIn[kind][source] = generations[source];
        items[kind][source] = 0;
        if (LEGS == kind) {
            legs.begin(source, media);
        }
    }

    /** Whether this list is the one of its kind that is open. */
    boolean isOpen(final int source, final int kind, final long listId) {
        return 0 != listId && listId == listIds[kind][source];
    }

    /** One more item of the open list has come. */
    void item(final int source, final int kind) {
        items[kind][source]++;
    }

    /** How many items of the open list have come. */
    int items(final int source, final int kind) {
        return items[kind][source];
    }

    /** The open list is void: it takes nothing away. */
    void forget(final int source, final int kind) {
        listIds[kind][source] = 0;
    }

    /** Whether any list of the kind is open. */
    boolean isOpen(final int source, final int kind) {
        return 0 != listIds[kind][source];
    }

    /** A list ends: what it owes is walked, the state of affairs is of this source time. */
    void end(final int source, final int kind, final long timeNs) {
        listIds[kind][source] = 0;
        walksFrom[kind][source] = beganIn[kind][source];
        if (LEGS == kind) {
            legs.end(source, beganIn[kind][source]);
        }
        owe(source, kind, timeNs);
    }

    /** Generation in which the list of the kind began that is open, or was the last one. */
    int began(final int source, final int kind) {
        return beganIn[kind][source];
    }

    /** What is known of lists of legs. */
    LegLists legs() {
        return legs;
    }

    /** Whether a session with this stamp is not in the list of its medium whose end is walked. */
    boolean isMissing(final int source, final int media, final int stamp) {
        final int from = legs.walksFrom(source, media);
        return NONE != from && isOlder(source, stamp, from);
    }

    /** A walk is owed. */
    void owe(final int source, final int kind, final long timeNs) {
        if (0 == owed[source]) {
            owing++;
        }
        owed[source] |= 1 << kind;
        timesNs[kind][source] = timeNs;
        if (kind == walking[source]) {
            walking[source] = NONE;
        }
    }

    /** Source time of what a walk tells; of walks that no list has left, journal time. */
    long timeNs(final int source, final int kind) {
        return timesNs[kind][source];
    }

    /** Whether the stamp is from before the last list of the kind began. */
    boolean isBefore(final int source, final int kind, final int stamp) {
        return age(source, stamp, GENERATION_MASK) > age(source, beganIn[kind][source], GENERATION_MASK);
    }

    /** Whether the stamp is from before the list began whose end is walked. */
    boolean isBeforeWalk(final int source, final int kind, final int stamp) {
        return isOlder(source, stamp, walksFrom[kind][source]);
    }

    /** Whether a stamp is from before a generation. */
    boolean isOlder(final int source, final int stamp, final int generation) {
        return age(source, stamp, GENERATION_MASK) > age(source, generation, GENERATION_MASK);
    }

    /** The same for the short stamps of stays; a stamp 256 generations old is taken for a new one, and found out by the next list. */
    boolean isStayBefore(final int source, final int kind, final int stamp) {
        return age(source, stamp, STAY_MASK) > age(source, beganIn[kind][source], STAY_MASK);
    }

    /** The same for the list whose end is walked. */
    boolean isStayBeforeWalk(final int source, final int kind, final int stamp) {
        return isStayOlder(source, stamp, walksFrom[kind][source]);
    }

    /** The same for any generation. */
    boolean isStayOlder(final int source, final int stamp, final int generation) {
        return age(source, stamp, STAY_MASK) > age(source, generation, STAY_MASK);
    }

    /** The source that was paid last what it is owed: the next one's turn is next. */
    int lastPaid() {
        return lastPaid;
    }

    void lastPaid(final int source) {
        lastPaid = source;
    }

    /** Where a walk over the devices of a source goes on, or {@link Session#NONE}. */
    int device(final int source) {
        return devices[source];
    }

    void device(final int source, final int slot) {
        devices[source] = slot;
    }

    /** Whether any walk is owed. */
    boolean owes() {
        return owing > 0;
    }

    boolean owes(final int source) {
        return 0 != owed[source];
    }

    boolean owes(final int source, final int kind) {
        return 0 != (owed[source] & 1 << kind);
    }

    /** The walk that is under way, or else the one that is owed first. */
    int current(final int source) {
        return NONE == walking[source] ? Integer.numberOfTrailingZeros(owed[source]) : walking[source];
    }

    boolean isWalking(final int source) {
        return NONE != walking[source];
    }

    void walking(final int source, final int kind) {
        walking[source] = kind;
    }

    /** A walk has been round, or need not go on. */
    void done(final int source, final int kind) {
        final int before = owed[source];
        owed[source] &= ~(1 << kind);
        if (0 != before && 0 == owed[source]) {
            owing--;
        }
        walking[source] = kind == walking[source] ? NONE : walking[source];
        if (LEGS == kind) {
            legs.done(source);
        }
    }

    /** The lists that are open take no effect: their connection has ended, or something of it was lost. Walks that are owed go on. */
    void forgetLists(final int source) {
        for (int kind = 0; kind < COVERED; kind++) {
            listIds[kind][source] = 0;
        }
    }

    /** The epoch has ended: all its sessions are owed another end. */
    void forgetWalks(final int source) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (owes(source, kind)) {
                done(source, kind);
            }
        }
    }

    /** Hashes what is known of a source's lists. */
    long hash(final int source, final long seed) {
        long hash = Texts.hash(generations[source], seed);
        hash = Texts.hash(owed[source] | (long)walking[source] << 32, hash);
        for (int kind = 0; kind < KINDS; kind++) {
            hash = Texts.hash(listIds[kind][source], hash);
            hash = Texts.hash(beganIn[kind][source] | (long)items[kind][source] << 32, hash);
            hash = owes(source, kind) ? Texts.hash(timesNs[kind][source], Texts.hash(walksFrom[kind][source], hash)) : hash;
        }
        return legs.hash(source, hash);
    }

    /** What a list is known by; never 0. */
    static long id(final Fact fact, final int listId) {
        return Xxh64.hash(fact.buffer(), fact.textOffset(listId), fact.textLength(listId), 0) | 1;
    }

    private int age(final int source, final int stamp, final int mask) {
        return (generations[source] - stamp) & mask;
    }

    /** Writes what is known of a source's lists; a walk's place among its devices is written with them. */
    void write(final StateOutput out, final int source) {
        out.putInt(generations[source]);
        out.putInt(owed[source]);
        out.putInt(walking[source]);
        for (int kind = 0; kind < KINDS; kind++) {
            out.putLong(listIds[kind][source]);
            out.putInt(beganIn[kind][source]);
            out.putInt(items[kind][source]);
            out.putLong(owes(source, kind) ? timesNs[kind][source] : 0);
            out.putInt(owes(source, kind) ? walksFrom[kind][source] : 0);
        }
        legs.write(out, source);
    }

    /** Reads what was known of a source's lists. */
    void read(final StateInput in, final int source) {
        generations[source] = in.getInt();
        owed[source] = in.getInt();
        owing += 0 == owed[source] ? 0 : 1;
        walking[source] = in.getInt();
        for (int kind = 0; kind < KINDS; kind++) {
            listIds[kind][source] = in.getLong();
            beganIn[kind][source] = in.getInt();
            items[kind][source] = in.getInt();
            timesNs[kind][source] = in.getLong();
            walksFrom[kind][source] = in.getInt();
        }
        legs.read(in, source);
    }
}

package io.strowger.router.core;

import io.strowger.router.state.KeyedTable;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A view of one session's record. Handles and slots point into the other tables; none of them is ever seen outside.
 *
 * <pre>
 *     0 created      8 established   16 talk since   24 talk        32 stay since   40 stay ended                        (i64, ns)
 *    48 recording (i32, text)   52 forks (u8)   53 stay seen (u8)
 *    56 call        60 user          64 group        68 bridge      72 next in bridge                                  (i32, slots)
 *    76 remote party   80 remote name   84 device    88 place, or former party                                         (i32, texts)
 *    92 media  93 direction  94 leg state  95 dial status  96 flags (i32)  100 recordings  101 reason  102 seen (u16)
 *   104 next of source  108 previous of source                                                                         (i32, slots)
 *   112 armed                                                                                                          (i64, ns)
 * </pre>
 */
final class Session {
    /** Length of the record. */
    static final int LENGTH = 120;

    /** No slot. */
    static final int NONE = -1;

    /** It has ended: what still comes for it is ignored. */
    static final int ENDED = 1;
    /** Subscribers have seen an event of it. */
    static final int SHOWN = 1 << 1;
    /** Created by something else than its start. */
    static final int INFERRED = 1 << 2;
    /** It rang, or heard the other side ring. */
    static final int DELIVERED = 1 << 3;
    /** Its failure was said. */
    static final int FAILED = 1 << 4;
    /** Its device holds the other side. */
    static final int HELD = 1 << 5;
    /** It waits in a queue. */
    static final int QUEUED = 1 << 6;
    /** It has left the queue, the reason is not known yet. */
    static final int LEAVING = 1 << 7;
    /** It is parked. */
    static final int PARKED = 1 << 8;
    /** It is in a conference. */
    static final int IN_CONFERENCE = 1 << 9;
    /** Its device has asked for its end. */
    static final int HANGUP_ASKED = 1 << 10;
    /** A queue member has answered it in this stay. */
    static final int MEMBER_ANSWERED = 1 << 11;
    /** A fact or a list of its source has shown it since its timer was armed. */
    static final int ALIVE = 1 << 12;
    /** It was called and answered, and there was nobody on the other side any more. */
    static final int NO_PEER = 1 << 13;

    /** A transfer has put another party in its former one's place; the place text is the former one, until it is parked. */
    static final int MET = 1 << 14;

    /** What a view of no session looks at: all zeros, and to be looked at by nobody. */
    private static final UnsafeBuffer NOTHING = new UnsafeBuffer(BufferUtil.allocateDirectAligned(LENGTH, Long.BYTES));

    private final KeyedTable table;
    private int slot = NONE;
    private long address = NOTHING.addressOffset();

    Session(final KeyedTable table) {
        this.table = table;
    }

    /**
     * Looks at another session.
     *
     * @return this.
     */
    Session at(final int newSlot) {
        slot = newSlot;
        address = NONE == newSlot ? NOTHING.addressOffset() : table.payloadAddress(newSlot);
        return this;
    }

    /** Whether a status shows it: open, and an event has told of it. What none has told of yet is told by its first event. */
    boolean isInStatus() {
        return is(SHOWN) && !is(ENDED);
    }

    int slot() {
        return slot;
    }

    boolean exists() {
        return NONE != slot;
    }

    long createdNs() {
        return getLong(0);
    }

    void createdNs(final long value) {
        putLong(0, value);
    }

    /** Source time at which the session was up, 0 when it never was. */
    long establishedNs() {
        return getLong(8);
    }

    void establishedNs(final long value) {
        putLong(8, value);
    }

    /** Source time since which another party is bridged, 0 when none is. */
    long talkSinceNs() {
        return getLong(16);
    }

    void talkSinceNs(final long value) {
        putLong(16, value);
    }

    long talkNs() {
        return getLong(24);
    }

    void talkNs(final long value) {
        putLong(24, value);
    }

    long staySinceNs() {
        return getLong(32);
    }

    void staySinceNs(final long value) {
        putLong(32, value);
    }

    long stayEndedNs() {
        return getLong(40);
    }

    void stayEndedNs(final long value) {
        putLong(40, value);
    }

    /** The recording started last, of {@link Recordings}. */
    int recording() {
        return getInt(48);
    }

    void recording(final int value) {
        putInt(48, value);
    }

    /** Legs that ring for it at this moment. */
    int forks() {
        return getByte(52);
    }

    void forks(final int value) {
        putByte(52, value);
    }

    int call() {
        return getSlot(56);
    }

    void call(final int value) {
        putSlot(56, value);
    }

    int user() {
        return getSlot(60);
    }

    void user(final int value) {
        putSlot(60, value);
    }

    int group() {
        return getSlot(64);
    }

    void group(final int value) {
        putSlot(64, value);
    }

    int bridge() {
        return getSlot(68);
    }

    void bridge(final int value) {
        putSlot(68, value);
    }

    int nextInBridge() {
        return getSlot(72);
    }

    void nextInBridge(final int value) {
        putSlot(72, value);
    }

    int remoteParty() {
        return getInt(76);
    }

    void remoteParty(final int value) {
        putInt(76, value);
    }

    int remoteName() {
        return getInt(80);
    }

    void remoteName(final int value) {
        putInt(80, value);
    }

    int device() {
        return getInt(84);
    }

    void device(final int value) {
        putInt(84, value);
    }

    int place() {
        return getInt(88);
    }

    void place(final int value) {
        putInt(88, value);
    }

    int media() {
        return getByte(92);
    }

    void media(final int value) {
        putByte(92, value);
    }

    int direction() {
        return getByte(93);
    }

    void direction(final int value) {
        putByte(93, value);
    }

    int legState() {
        return getByte(94);
    }

    void legState(final int value) {
        putByte(94, value);
    }

    int dialStatus() {
        return getByte(95);
    }

    void dialStatus(final int value) {
        putByte(95, value);
    }

    int flags() {
        return getInt(96);
    }

    boolean is(final int flag) {
        return 0 != (getInt(96) & flag);
    }

    void set(final int flag) {
        putInt(96, getInt(96) | flag);
    }

    void clear(final int flag) {
        putInt(96, getInt(96) & ~flag);
    }

    int recordings() {
        return getByte(100);
    }

    void recordings(final int value) {
        putByte(100, value);
    }

    int reason() {
        return getByte(101);
    }

    void reason(final int value) {
        putByte(101, value);
    }

    /** The generation of its source's lists in which it was last seen, see {@link Snapshots}. */
    int seen() {
        return UnsafeApi.getShort(field(102)) & 0xFFFF;
    }

    void seen(final int value) {
        UnsafeApi.putShort(field(102), (short)value);
    }

    /** The generation in which its stay in a queue or parking place last began, ended or was listed, its low byte. */
    int staySeen() {
        return getByte(53);
    }

    void staySeen(final int value) {
        putByte(53, value);
    }

    /** Journal time from which its age is counted. */
    long armedNs() {
        return getLong(112);
    }

    void armedNs(final long value) {
        putLong(112, value);
    }

    int nextOfSource() {
        return getSlot(104);
    }

    void nextOfSource(final int value) {
        putSlot(104, value);
    }

    int previousOfSource() {
        return getSlot(108);
    }

    void previousOfSource(final int value) {
        putSlot(108, value);
    }

    /** The record is the table's own memory and all offsets are constants within it: nothing to check but that there is one. */
    private long field(final int index) {
        assert NONE != slot : "a view of no session";
        return address + index;
    }

    private long getLong(final int index) {
        return UnsafeApi.getLong(field(index));
    }

    private void putLong(final int index, final long value) {
        UnsafeApi.putLong(field(index), value);
    }

    private int getInt(final int index) {
        return UnsafeApi.getInt(field(index));
    }

    private void putInt(final int index, final int value) {
        UnsafeApi.putInt(field(index), value);
    }

    private int getByte(final int index) {
        return UnsafeApi.getByte(field(index)) & 0xFF;
    }

    private void putByte(final int index, final int value) {
        UnsafeApi.putByte(field(index), (byte)value);
    }

    /** Slots are kept plus one, so that a zeroed record points nowhere. */
    private int getSlot(final int index) {
        return getInt(index) - 1;
    }

    private void putSlot(final int index, final int value) {
        putInt(index, value + 1);
    }
}

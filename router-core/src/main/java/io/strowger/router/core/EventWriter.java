package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventEncoder;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.EventKeys;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Writes complete events, straight into the block.
 *
 * <p>What an event says beyond its session is laid out first ({@link #cause}, {@link #by}, ...), then one of the {@code write} methods
 * writes it and forgets what was laid out. The fixed fields follow the schema's layout of Event, version 1:
 *
 * <pre>
 *   32 epoch  40 durationMs  48 talkMs  56 waitMs  64 causeCode i16  66 type  67 media  68 direction  69 state  70 cause  71 reason
 *   72 flags  73 action  74 status of the action
 * </pre>
 *
 * (offsets from the start of the SBE header; a test holds them against the generated encoder).
 */
final class EventWriter {
    static final int EPOCH_OFFSET = 32;
    static final int DURATION_OFFSET = 40;
    static final int TALK_OFFSET = 48;
    static final int WAIT_OFFSET = 56;
    static final int CAUSE_CODE_OFFSET = 64;
    static final int FLAGS_OFFSET = 72;
    private static final short NO_ACTION = (short)(Codes.NULL << 8 | Codes.NULL);
    static final int VAR_DATA_OFFSET = SignalLayout.HEADER_LENGTH + EventEncoder.BLOCK_LENGTH;

    private static final long HEADER = EventEncoder.BLOCK_LENGTH | ((long)EventEncoder.TEMPLATE_ID << 16) |
        ((long)EventEncoder.SCHEMA_ID << 32) | ((long)EventEncoder.SCHEMA_VERSION << 48);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int FLAG_INFERRED = 1;
    private static final int FLAG_NO_PEER = 1 << 1;

    private final BlockWriter out;
    private final State state;
    private final Slice by = new Slice();
    private final Slice from = new Slice();
    private final Slice to = new Slice();
    private final Slice reference = new Slice();
    private final Slice text = new Slice();
    private final Slice slice = new Slice();
    private long start;
    private long position;
    private long end;
    private int cause;
    private int causeCode;
    private int reason;
    private long durationMs;
    private long talkMs;
    private long waitMs;
    private long timeNs;
    private int count;
    private int watched = Session.NONE;
    private boolean watchedTold;

    EventWriter(final BlockWriter out, final State state) {
        this.out = out;
        this.state = state;
        forget();
    }

    /** How many events were written since {@link #beginInput}. */
    int count() {
        return count;
    }

    void beginInput() {
        count = 0;
        watch(Session.NONE);
    }

    /** From now on it is remembered whether an event of this session was written. */
    void watch(final int slot) {
        watched = slot;
        watchedTold = false;
    }

    boolean isWatchedTold() {
        return watchedTold;
    }

    EventWriter cause(final int code, final int number) {
        cause = code;
        causeCode = number;
        return this;
    }

    EventWriter reason(final int code) {
        reason = code;
        return this;
    }

    EventWriter durationNs(final long ns) {
        durationMs = Math.max(0, ns) / NANOS_PER_MILLI;
        return this;
    }

    EventWriter talkNs(final long ns) {
        talkMs = Math.max(0, ns) / NANOS_PER_MILLI;
        return this;
    }

    EventWriter waitNs(final long ns) {
        waitMs = Math.max(0, ns) / NANOS_PER_MILLI;
        return this;
    }

    /** The event happened at another time than its fact says. */
    EventWriter at(final long eventTimeNs) {
        timeNs = eventTimeNs;
        return this;
    }

    Slice by() {
        return by;
    }

    Slice from() {
        return from;
    }

    Slice to() {
        return to;
    }

    Slice reference() {
        return reference;
    }

    Slice text() {
        return text;
    }

    /**
     * Writes an event of a session, as it is now.
     *
     * @param connectionState of {@link Codes}.
     */
    void session(final int type, final Session session, final int connectionState, final Fact fact) {
        final Sessions sessions = state.sessions();
        final long scope = sessions.scope(session.slot());
        begin(type, fact, Sources.number(scope), state.sources().epochs().id(scope));
        middle(session.media(), session.direction(), connectionState,
            (session.is(Session.INFERRED) ? FLAG_INFERRED : 0) | (session.is(Session.NO_PEER) ? FLAG_NO_PEER : 0));
        put(sessions.idBuffer(session.slot()), sessions.idOffset(session.slot()), sessions.idLength(session.slot()));
        putCall(session.call());
        putUser(session.user());
        putText(session.remoteParty());
        putText(session.remoteName());
        putGroup(session.group());
        end(Sources.number(scope), state.directory().key(session.user()), state.groups().key(session.group()));
        sessions.told(session);
        watchedTold |= session.slot() == watched;
    }

    /**
     * Writes an event of a thing that has no session: a message, an item of history.
     *
     * @param user slot or {@link Session#NONE}.
     * @param item where the fact's template keeps its var-data.
     */
    void item(final int type, final int media, final int direction, final int user, final Fact fact, final ItemTexts item) {
        begin(type, fact, fact.source(), state.sources().epoch(fact.source()));
        middle(media, direction, Codes.NULL, 0);
        putFact(fact, item.nativeId());
        putFact(fact, item.callId());
        putUser(user);
        putFact(fact, item.remoteParty());
        putFact(fact, item.remoteName());
        put(null, 0, 0);
        end(fact.source(), state.directory().key(user), EventKeys.NONE);
    }

    /**
     * Writes an event of a user or a group.
     *
     * @param user  slot or {@link Session#NONE}.
     * @param group slot or {@link Session#NONE}.
     */
    void presence(final int type, final int user, final int group, final Fact fact) {
        begin(type, fact, fact.source(), state.sources().epoch(fact.source()));
        middle(Codes.NULL, Codes.NULL, Codes.NULL, 0);
        put(null, 0, 0);
        put(null, 0, 0);
        putUser(user);
        put(null, 0, 0);
        put(null, 0, 0);
        putGroup(group);
        end(fact.source(), state.directory().key(user), state.groups().key(group));
    }

    /** Writes an event of a source. */
    void source(final int type, final int number, final Fact fact) {
        begin(type, fact, number, state.sources().epoch(number));
        middle(Codes.NULL, Codes.NULL, Codes.NULL, 0);
        for (int i = 0; i < 6; i++) {
            put(null, 0, 0);
        }
        end(number, EventKeys.NONE, EventKeys.NONE);
    }

    /**
     * Writes the end of an action.
     *
     * @param status it ends with.
     * @param call   of its session, or {@link Session#NONE}.
     */
    void action(final Actions actions, final int slot, final int status, final int call, final Fact fact) {
        final int source = actions.source(slot);
        final int tenant = actions.tenant(slot);
        begin(Codes.ACTION_RESULT, fact, source, 0 == source ? 0 : state.sources().epoch(source));
        RawBytes.putInt(null, start + SignalLayout.TENANT_OFFSET, tenant);
        middle(Codes.NULL, Codes.NULL, Codes.NULL, 0);
        RawBytes.putShort(null, start + FLAGS_OFFSET + 1, (short)(actions.kind(slot) | status << 8));
        actions.nativeId(slice, slot);
        put(slice);
        putCall(call);
        actions.user(slice, slot);
        final long userKey = EventKeys.user(tenant, slice.buffer(), slice.offset(), slice.length());
        put(slice);
        put(null, 0, 0);
        put(null, 0, 0);
        actions.group(slice, slot);
        final long groupKey = EventKeys.group(tenant, slice.buffer(), slice.offset(), slice.length());
        put(slice);
        actions.clientId(by, slot);
        actions.key(reference, slot);
        actions.text(text, slot);
        if (0 == source) {
            put(null, 0, 0);
        } else {
            putSourceName(source);
        }
        endOf(tenant, userKey, groupKey);
    }

    /** Sequence of the record of the last event, or of the input when it has none yet. */
    long sequence() {
        return out.sequence();
    }

    private void begin(final int type, final Fact fact, final int source, final long epoch) {
        out.beginEvent();
        start = out.buffer().addressOffset() + out.eventOffset();
        end = out.buffer().addressOffset() + out.buffer().capacity();
        position = start;
        makeRoom(VAR_DATA_OFFSET);
        RawBytes.putLong(null, start, HEADER);
        RawBytes.putLong(null, start + SignalLayout.SOURCE_SEQUENCE_OFFSET, fact.sourceSequence());
        RawBytes.putLong(null, start + SignalLayout.SOURCE_TIME_OFFSET, Codes.NULL_LONG == timeNs ? fact.sourceTimeNs() : timeNs);
        RawBytes.putInt(null, start + SignalLayout.SOURCE_OFFSET, source);
        RawBytes.putInt(null, start + SignalLayout.TENANT_OFFSET, state.sources().tenant(source));
        RawBytes.putLong(null, start + EPOCH_OFFSET, epoch);
        RawBytes.putLong(null, start + DURATION_OFFSET, durationMs);
        RawBytes.putLong(null, start + TALK_OFFSET, talkMs);
        RawBytes.putLong(null, start + WAIT_OFFSET, waitMs);
        RawBytes.putShort(null, start + CAUSE_CODE_OFFSET, (short)causeCode);
        UnsafeApi.putByte(start + CAUSE_CODE_OFFSET + 2, (byte)type);
    }

    private void middle(final int media, final int direction, final int connectionState, final int flags) {
        final int codes = media | (direction << 8) | (connectionState << 16) | (cause << 24);
        RawBytes.putInt(null, start + CAUSE_CODE_OFFSET + 3, codes);
        UnsafeApi.putByte(start + FLAGS_OFFSET - 1, (byte)reason);
        UnsafeApi.putByte(start + FLAGS_OFFSET, (byte)flags);
        RawBytes.putShort(null, start + FLAGS_OFFSET + 1, NO_ACTION);
        position += VAR_DATA_OFFSET;
    }

    private void end(final int source, final long userKey, final long groupKey) {
        putSourceName(source);
        endOf(state.sources().tenant(source), userKey, groupKey);
    }

    private void putSourceName(final int source) {
        final Sources sources = state.sources();
        put(sources.nameBuffer(source), sources.nameOffset(source), sources.nameLength(source));
    }

    private void endOf(final int tenant, final long userKey, final long groupKey) {
        put(by);
        put(from);
        put(to);
        put(reference);
        put(text);
        out.endEvent((int)(position - start), tenant, userKey, groupKey);
        count++;
        forget();
    }

    /** Forgets what was laid out for an event that is not written. */
    void forget() {
        cause = Codes.NULL;
        causeCode = Codes.NULL_CAUSE_CODE;
        reason = Codes.NULL;
        durationMs = Codes.NULL_LONG;
        talkMs = Codes.NULL_LONG;
        waitMs = Codes.NULL_LONG;
        timeNs = Codes.NULL_LONG;
        by.clear();
        from.clear();
        to.clear();
        reference.clear();
        text.clear();
    }

    private void putCall(final int call) {
        if (Session.NONE == call) {
            put(null, 0, 0);
        } else {
            final int resolved = state.calls().shorten(call);
            put(state.calls().buffer(resolved), state.calls().offset(resolved), state.calls().length(resolved));
        }
    }

    private void putUser(final int user) {
        if (Session.NONE == user) {
            put(null, 0, 0);
        } else {
            put(state.directory().buffer(user), state.directory().offset(user), state.directory().length(user));
        }
    }

    private void putGroup(final int group) {
        if (Session.NONE == group) {
            put(null, 0, 0);
        } else {
            put(state.groups().buffer(group), state.groups().offset(group), state.groups().length(group));
        }
    }

    private void putText(final int handle) {
        final TextStore texts = state.sessions().texts();
        put(texts.buffer(handle), texts.offset(handle), texts.length(handle));
    }

    private void putFact(final Fact fact, final int index) {
        if (index < 0) {
            put(null, 0, 0);
        } else {
            put(fact.buffer(), fact.textOffset(index), fact.textLength(index));
        }
    }

    private void put(final Slice slice) {
        put(slice.buffer(), slice.offset(), slice.length());
    }

    private void put(final DirectBuffer bytes, final int offset, final int length) {
        makeRoom(Short.BYTES + length);
        RawBytes.putShort(null, position, (short)length);
        position += Short.BYTES;
        if (0 != length) {
            if (DirectBuffer.SHOULD_BOUNDS_CHECK) {
                bytes.boundsCheck(offset, length);
            }
            RawBytes.copy(bytes.byteArray(), bytes.addressOffset() + offset, null, position, length);
            position += length;
        }
    }

    /** The block writer keeps room for the longest events an input can lead to; this is the check instead of one for each field. */
    private void makeRoom(final int length) {
        if (length > end - position) {
            throw new IllegalStateException("no room in the block for an event");
        }
    }
}

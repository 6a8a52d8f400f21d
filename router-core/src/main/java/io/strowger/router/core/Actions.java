package io.strowger.router.core;

import io.strowger.codecs.SignalLayout;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.PresizedIndex;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The actions that clients have asked for: pending ones, and those whose result is kept for repeats. Found by tenant, client id and key;
 * pending ones also by the sequence of their record.
 *
 * <pre>
 *   0 sequence  8 deadline  16 sequence of the end  24 journal time of the end (i64)
 *   32 kind and status   36 source   40 native id   44 user   48 group   52 call router's native id   56 text of the result
 *   60 place among the deadlines   64 before, 68 behind in its list (slots plus one)   72 generation   76 not used (i32)
 * </pre>
 *
 * <p>The key of a record: length of the client id in a byte, client id, key of the client. What comes with a result has a store of its own
 * in which there is always room: an action that was taken ends with all that its source said.
 */
final class Actions {
    /** Longest client id, and longest key, in bytes. */
    static final int MAX_NAME_LENGTH = 64;

    /** Longest text of a result in bytes. */
    static final int MAX_TEXT_LENGTH = 256;

    /** Most that the texts of an action can cost. */
    static final int LONGEST_COST = 3 * TextStore.cellLength(TextStore.MAX_LENGTH);

    /** An action costs so much of its tenant's share of the texts when it has none. */
    private static final int LEAST_COST = 64;

    private static final int KEY_ROOM = 64;
    private static final int LENGTH = 80;
    private static final int SEQUENCE = 0;
    private static final int DEADLINE = 8;
    private static final int END_SEQUENCE = 16;
    private static final int ENDED_AT = 24;
    private static final int KIND_AND_STATUS = 32;
    private static final int SOURCE = 36;
    private static final int NATIVE_ID = 40;
    private static final int USER = 44;
    private static final int GROUP = 48;
    private static final int RESULT_ID = 52;
    private static final int TEXT = 56;
    private static final int PLACE = 60;
    private static final int BEFORE = 64;
    private static final int BEHIND = 68;
    private static final int GENERATION = 72;
    private static final long ASKED_BYTES_EACH = 256;
    private static final long MIN_ASKED_BYTES = 64 * 1024;
    /** Cells of the longest native id and the longest text. */
    private static final long RESULT_BYTES_EACH = 192 + 384;

    private final KeyedTable table;
    private final TextStore asked;
    private final TextStore results;
    private final Long2LongHashMap pending;
    private final long textCapacity;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[1 + 2 * MAX_NAME_LENGTH]);

    Actions(final Slabs slabs, final int capacity, final long hashSeed) {
        table = new KeyedTable(slabs, capacity, LENGTH, KEY_ROOM, hashSeed);
        textCapacity = Math.max(MIN_ASKED_BYTES, capacity * ASKED_BYTES_EACH);
        asked = new TextStore(slabs, textCapacity);
        results = new TextStore(slabs, capacity * RESULT_BYTES_EACH);
        pending = PresizedIndex.ofNumbers(capacity);
    }

    /**
     * Finds an action.
     *
     * @return its slot, or {@link KeyedTable#MISSING}.
     */
    int find(final int tenant, final DirectBuffer client, final int clientOffset, final int clientLength, final DirectBuffer clientKey,
             final int keyOffset, final int keyLength) {
        if (!isName(clientLength) || !isName(keyLength)) {
            return KeyedTable.MISSING;
        }
        key.putByte(0, (byte)clientLength);
        key.putBytes(1, client, clientOffset, clientLength);
        key.putBytes(1 + clientLength, clientKey, keyOffset, keyLength);
        return table.find(tenant, key, 0, 1 + clientLength + keyLength);
    }

    /** Finds the action a fact asks for. */
    int find(final Fact fact, final ActionTexts texts) {
        return find(fact.tenant(), fact.buffer(), fact.textOffset(texts.clientId()), fact.textLength(texts.clientId()), fact.buffer(),
            fact.textOffset(texts.key()), fact.textLength(texts.key()));
    }

    static boolean isName(final int length) {
        return length > 0 && length <= MAX_NAME_LENGTH;
    }

    /**
     * Makes the action of a fact, right behind a {@link #find} that did not find it.
     *
     * @param sequence of its record.
     * @return its slot, or {@link KeyedTable#FULL}.
     */
    int add(final Fact fact, final ActionTexts texts, final int kind, final long sequence, final long deadlineNs) {
        final int slot = table.add(fact.tenant(), key, 0, 1 + fact.textLength(texts.clientId()) + fact.textLength(texts.key()));
        if (slot >= 0) {
            Fields.putLong(table, slot, SEQUENCE, sequence);
            Fields.putLong(table, slot, DEADLINE, deadlineNs);
            Fields.put(table, slot, KIND_AND_STATUS, kind);
        }
        return slot;
    }

    /** Forgets an action that is in no list. */
    void remove(final int slot) {
        asked.free(Fields.get(table, slot, NATIVE_ID));
        asked.free(Fields.get(table, slot, USER));
        asked.free(Fields.get(table, slot, GROUP));
        results.free(Fields.get(table, slot, RESULT_ID));
        results.free(Fields.get(table, slot, TEXT));
        table.remove(slot);
    }

    /** Keeps whom and what it is about; returns false when there is no room: the action is then to be removed. */
    boolean about(final int slot, final Slice nativeId, final Slice user, final Slice group) {
        return keep(slot, NATIVE_ID, nativeId) && keep(slot, USER, user) && keep(slot, GROUP, group);
    }

    private boolean keep(final int slot, final int field, final Slice text) {
        final int handle = text.length() > TextStore.MAX_LENGTH ? TextStore.FULL : asked.put(text.buffer(), text.offset(), text.length());
        Fields.put(table, slot, field, Math.max(TextStore.EMPTY, handle));
        return TextStore.FULL != handle;
    }

    /** What texts will take of the room for them. */
    static int cost(final Slice nativeId, final Slice user, final Slice group) {
        return cost(nativeId.length(), user.length(), group.length());
    }

    /** What its texts take of the room for them. */
    int cost(final int slot) {
        return cost(asked.length(Fields.get(table, slot, NATIVE_ID)), asked.length(Fields.get(table, slot, USER)),
            asked.length(Fields.get(table, slot, GROUP)));
    }

    private static int cost(final int nativeId, final int user, final int group) {
        return Math.max(LEAST_COST, costOf(nativeId) + costOf(user) + costOf(group));
    }

    private static int costOf(final int length) {
        return TextStore.cellLength(Math.min(TextStore.MAX_LENGTH, length));
    }

    /** What all texts may take together. */
    long textCapacity() {
        return textCapacity;
    }

    /** It is pending at a source from now on. */
    void pend(final int slot) {
        pending.put(sequence(slot), slot);
    }

    /** The pending action whose record has this sequence, or {@link KeyedTable#MISSING}. */
    int pending(final long sequence) {
        return (int)pending.get(sequence);
    }

    /**
     * It has ended.
     *
     * @param endSequence   of the record with its result.
     * @param journalTimeNs of the same.
     */
    void ended(final int slot, final int status, final long endSequence, final long journalTimeNs) {
        pending.remove(sequence(slot));
        status(slot, status);
        Fields.putLong(table, slot, END_SEQUENCE, endSequence);
        Fields.putLong(table, slot, ENDED_AT, journalTimeNs);
    }

    /** Keeps what the result says: the native id, if it names one, and its words, cut to {@value #MAX_TEXT_LENGTH} bytes. */
    void says(final int slot, final Slice nativeId, final Slice text) {
        final int idLength = Math.min(SignalLayout.MAX_NATIVE_ID_LENGTH, nativeId.length());
        Fields.put(table, slot, RESULT_ID, results.put(nativeId.buffer(), nativeId.offset(), idLength));
        Fields.put(table, slot, TEXT, results.put(text.buffer(), text.offset(), cut(text)));
    }

    /** Not within a character. */
    private static int cut(final Slice text) {
        int length = Math.min(MAX_TEXT_LENGTH, text.length());
        while (length > 0 && length < text.length() && (text.buffer().getByte(text.offset() + length) & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    long sequence(final int slot) {
        return Fields.getLong(table, slot, SEQUENCE);
    }

    long deadlineNs(final int slot) {
        return Fields.getLong(table, slot, DEADLINE);
    }

    /** Sequence of the record with its result, 0 while it is pending. */
    long endSequence(final int slot) {
        return Fields.getLong(table, slot, END_SEQUENCE);
    }

    /** Journal time of its end. */
    long endedNs(final int slot) {
        return Fields.getLong(table, slot, ENDED_AT);
    }

    int kind(final int slot) {
        return Fields.get(table, slot, KIND_AND_STATUS) & 0xFF;
    }

    int status(final int slot) {
        return Fields.get(table, slot, KIND_AND_STATUS) >>> 8;
    }

    void status(final int slot, final int status) {
        Fields.put(table, slot, KIND_AND_STATUS, kind(slot) | status << 8);
    }

    /** Number of the source that owns its target, 0 for none. */
    int source(final int slot) {
        return Fields.get(table, slot, SOURCE);
    }

    void source(final int slot, final int source) {
        Fields.put(table, slot, SOURCE, source);
    }

    int tenant(final int slot) {
        return (int)table.scope(slot);
    }

    /** Place among the deadlines, while it is pending. */
    int place(final int slot) {
        return Fields.get(table, slot, PLACE);
    }

    void place(final int slot, final int place) {
        Fields.put(table, slot, PLACE, place);
    }

    /** The one before it in its list, or {@link Session#NONE}. */
    int before(final int slot) {
        return Fields.get(table, slot, BEFORE) - 1;
    }

    void before(final int slot, final int other) {
        Fields.put(table, slot, BEFORE, other + 1);
    }

    /** The one behind it in its list, or {@link Session#NONE}. */
    int behind(final int slot) {
        return Fields.get(table, slot, BEHIND) - 1;
    }

    void behind(final int slot, final int other) {
        Fields.put(table, slot, BEHIND, other + 1);
    }

    /** Of its source, when it was given to it: see {@link ActionLists}. */
    int generation(final int slot) {
        return Fields.get(table, slot, GENERATION);
    }

    void generation(final int slot, final int generation) {
        Fields.put(table, slot, GENERATION, generation);
    }

    void clientId(final Slice into, final int slot) {
        final DirectBuffer bytes = table.keyBuffer(slot);
        final int at = table.keyOffset(slot);
        into.wrap(bytes, at + 1, bytes.getByte(at));
    }

    void key(final Slice into, final int slot) {
        final DirectBuffer bytes = table.keyBuffer(slot);
        final int at = table.keyOffset(slot);
        final int client = 1 + bytes.getByte(at);
        into.wrap(bytes, at + client, table.keyLength(slot) - client);
    }

    /** Whether it has ended in the record that asked for it: no source ever had it. */
    boolean hasFailedAtOnce(final int slot) {
        return endSequence(slot) == sequence(slot);
    }

    /** The native id that its result names, or else the one it was asked for. */
    void nativeId(final Slice into, final int slot) {
        final int said = Fields.get(table, slot, RESULT_ID);
        if (TextStore.EMPTY == said) {
            into.wrap(asked, Fields.get(table, slot, NATIVE_ID));
        } else {
            into.wrap(results, said);
        }
    }

    void user(final Slice into, final int slot) {
        into.wrap(asked, Fields.get(table, slot, USER));
    }

    void group(final Slice into, final int slot) {
        into.wrap(asked, Fields.get(table, slot, GROUP));
    }

    void text(final Slice into, final int slot) {
        into.wrap(results, Fields.get(table, slot, TEXT));
    }

    int capacity() {
        return table.capacity();
    }

    boolean isFull() {
        return table.size() == table.capacity();
    }

    long memoryBytes() {
        return table.memoryBytes() + asked.memoryBytes() + results.memoryBytes() + pending.capacity() * 2L * Long.BYTES;
    }

    /** Hashes all of them; what is theirs in lists follows from it. */
    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
            long content = Texts.hash(sequence(slot), deadlineNs(slot));
            content = Texts.hash(endSequence(slot), Texts.hash(endedNs(slot), content));
            content = Texts.hash(Fields.get(table, slot, KIND_AND_STATUS) | (long)source(slot) << 32, content);
            for (int field = NATIVE_ID; field <= TEXT; field += Integer.BYTES) {
                content = Texts.hash(field < RESULT_ID ? asked : results, Fields.get(table, slot, field), content);
            }
            digest.entry(table.scope(slot), table.keyBuffer(slot), table.keyOffset(slot), table.keyLength(slot), content);
        }
        return digest.end();
    }

    /** Writes one action. */
    void write(final StateOutput out, final int slot) {
        out.putKey(table, slot);
        out.putLong(sequence(slot));
        out.putLong(deadlineNs(slot));
        out.putLong(endSequence(slot));
        out.putLong(endedNs(slot));
        out.putInt(Fields.get(table, slot, KIND_AND_STATUS));
        out.putInt(source(slot));
        for (int field = NATIVE_ID; field <= TEXT; field += Integer.BYTES) {
            out.putText(field < RESULT_ID ? asked : results, Fields.get(table, slot, field));
        }
    }

    /** Reads one action, and returns its slot. */
    int read(final StateInput in) {
        final int slot = in.getKey(table);
        Fields.putLong(table, slot, SEQUENCE, in.getLong());
        Fields.putLong(table, slot, DEADLINE, in.getLong());
        Fields.putLong(table, slot, END_SEQUENCE, in.getLong());
        Fields.putLong(table, slot, ENDED_AT, in.getLong());
        Fields.put(table, slot, KIND_AND_STATUS, in.getInt());
        source(slot, in.getInt());
        for (int field = NATIVE_ID; field <= TEXT; field += Integer.BYTES) {
            Fields.put(table, slot, field, in.getText(field < RESULT_ID ? asked : results));
        }
        return slot;
    }
}

package io.strowger.router.core;

import io.strowger.codecs.RawBytes;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import io.strowger.router.state.TextStore;
import org.agrona.DirectBuffer;

/**
 * What each client may ask for: which actions, on which users and groups. A client without a grant may ask for nothing.
 *
 * <p>Record: 0 actions (i32, a bit a kind)   4 users   8 groups (i32, handles of lists)   12 not used. Grants are found by tenant and
 * client id. A list is names split by commas; a name with {@code *} behind it stands for all that begin so, {@code *} alone for all, also
 * for who has no name.
 */
final class Grants {
    private static final int LENGTH = 16;
    private static final int ACTIONS = 0;
    private static final int USERS = 4;
    private static final int GROUPS = 8;
    private static final long TEXT_BYTES_EACH = 192;
    private static final long MIN_TEXT_BYTES = 256 * 1024;

    private final KeyedTable clients;
    private final TextStore lists;

    Grants(final Slabs slabs, final int capacity, final long hashSeed) {
        clients = new KeyedTable(slabs, capacity, LENGTH, hashSeed);
        lists = new TextStore(slabs, Math.max(MIN_TEXT_BYTES, capacity * TEXT_BYTES_EACH));
    }

    /**
     * Finds the grant of a client.
     *
     * @return its slot, or {@link KeyedTable#MISSING}.
     */
    int find(final int tenant, final Fact fact, final int client) {
        return clients.find(tenant, fact.buffer(), fact.textOffset(client), fact.textLength(client));
    }

    /**
     * Makes the grant of a client that has none.
     *
     * @return its slot, it allows nothing; or {@link KeyedTable#FULL}.
     */
    int add(final int tenant, final Fact fact, final int client) {
        return clients.add(tenant, fact.buffer(), fact.textOffset(client), fact.textLength(client));
    }

    /** Takes everything from a client. */
    void remove(final int grant) {
        lists.free(Fields.get(clients, grant, USERS));
        lists.free(Fields.get(clients, grant, GROUPS));
        clients.remove(grant);
    }

    /** Whether a grant is just what a fact states. */
    boolean is(final int grant, final int actions, final Fact fact, final int users, final int groups) {
        return actions == Fields.get(clients, grant, ACTIONS) && isKept(grant, USERS, fact, users) && isKept(grant, GROUPS, fact, groups);
    }

    /**
     * Sets what a client may ask for.
     *
     * @return false when there is no room: then the grant is as it was.
     */
    boolean set(final int grant, final int actions, final Fact fact, final int users, final int groups) {
        final int newUsers = put(fact, users);
        final int newGroups = put(fact, groups);
        if (TextStore.FULL == newUsers || TextStore.FULL == newGroups) {
            lists.free(Math.max(TextStore.EMPTY, newUsers));
            lists.free(Math.max(TextStore.EMPTY, newGroups));
            return false;
        }
        lists.free(Fields.get(clients, grant, USERS));
        lists.free(Fields.get(clients, grant, GROUPS));
        Fields.put(clients, grant, ACTIONS, actions);
        Fields.put(clients, grant, USERS, newUsers);
        Fields.put(clients, grant, GROUPS, newGroups);
        return true;
    }

    boolean allowsKind(final int grant, final int kind) {
        return 0 != (Fields.get(clients, grant, ACTIONS) & 1 << kind);
    }

    /** Whether a user is in the grant; of length 0: whether all are, those without a name among them. */
    boolean allowsUser(final int grant, final DirectBuffer name, final int offset, final int length) {
        return matches(Fields.get(clients, grant, USERS), name, offset, length);
    }

    /** The same for a group. */
    boolean allowsGroup(final int grant, final DirectBuffer name, final int offset, final int length) {
        return matches(Fields.get(clients, grant, GROUPS), name, offset, length);
    }

    long memoryBytes() {
        return clients.memoryBytes() + lists.memoryBytes();
    }

    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = clients.next(-1); slot >= 0; slot = clients.next(slot)) {
            long content = Texts.hash(Fields.get(clients, slot, ACTIONS), 0);
            content = Texts.hash(lists, Fields.get(clients, slot, USERS), content);
            content = Texts.hash(lists, Fields.get(clients, slot, GROUPS), content);
            digest.entry(clients.scope(slot), clients.keyBuffer(slot), clients.keyOffset(slot), clients.keyLength(slot), content);
        }
        return digest.end();
    }

    /** Shows each, by tenant and client id. Allocates. */
    void visit(final GrantVisitor visitor) {
        for (final int slot : TableOrder.sorted(clients)) {
            visitor.onGrant((int)clients.scope(slot), clients.keyBuffer(slot).getStringWithoutLengthUtf8(clients.keyOffset(slot),
                clients.keyLength(slot)), Fields.get(clients, slot, ACTIONS), text(Fields.get(clients, slot, USERS)),
                text(Fields.get(clients, slot, GROUPS)));
        }
    }

    private String text(final int list) {
        return lists.buffer(list).getStringWithoutLengthUtf8(lists.offset(list), lists.length(list));
    }

    void write(final StateOutput out) {
        final int[] sorted = TableOrder.sorted(clients);
        out.putInt(sorted.length);
        for (final int slot : sorted) {
            out.putKey(clients, slot);
            out.putInt(Fields.get(clients, slot, ACTIONS));
            out.putText(lists, Fields.get(clients, slot, USERS));
            out.putText(lists, Fields.get(clients, slot, GROUPS));
        }
    }

    void read(final StateInput in) {
        final int count = in.getInt(0, clients.capacity());
        for (int i = 0; i < count; i++) {
            final int slot = in.getKey(clients);
            Fields.put(clients, slot, ACTIONS, in.getInt());
            Fields.put(clients, slot, USERS, in.getText(lists));
            Fields.put(clients, slot, GROUPS, in.getText(lists));
        }
    }

    private boolean isKept(final int grant, final int field, final Fact fact, final int list) {
        return lists.equals(Fields.get(clients, grant, field), fact.buffer(), fact.textOffset(list), fact.textLength(list));
    }

    private int put(final Fact fact, final int list) {
        return lists.put(fact.buffer(), fact.textOffset(list), fact.textLength(list));
    }

    private boolean matches(final int list, final DirectBuffer name, final int offset, final int length) {
        final DirectBuffer bytes = lists.buffer(list);
        final int end = lists.offset(list) + lists.length(list);
        int from = lists.offset(list);
        for (int at = from; at <= end; at++) {
            if (at == end || ',' == bytes.getByte(at)) {
                if (at > from && isIn(bytes, from, at - from, name, offset, length)) {
                    return true;
                }
                from = at + 1;
            }
        }
        return false;
    }

    private static boolean isIn(final DirectBuffer list, final int from, final int patternLength, final DirectBuffer name,
                                final int offset, final int length) {
        final boolean isPrefix = '*' == list.getByte(from + patternLength - 1);
        final int compared = isPrefix ? patternLength - 1 : patternLength;
        final boolean hasLength = isPrefix ? length >= compared : length == compared;
        return hasLength && (0 == compared || RawBytes.equal(list, from, name, offset, compared));
    }
}

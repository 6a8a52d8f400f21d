package io.strowger.router.core;

import io.strowger.router.record.EventKeys;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.StateDigest;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Users and their devices. A user is at work from the first device in to the last device out.
 *
 * <p>User record: 0 key (i64), 8 devices in (i32), 12 presence (i32: 0 never said, 1 in, 2 out). Device record: 0 user, slot plus one
 * (i32), 4 presence (i32). Users are found by tenant and name, devices by source and name.
 */
final class Directory {
    static final int NEVER_SAID = 0;
    static final int IN = 1;
    static final int OUT = 2;

    private static final int USER_LENGTH = 16;
    private static final int DEVICE_LENGTH = 8;

    private final KeyedTable users;
    private final KeyedTable devices;

    Directory(final int capacity, final long hashSeed) {
        users = new KeyedTable(capacity, USER_LENGTH, hashSeed);
        devices = new KeyedTable(capacity, DEVICE_LENGTH, hashSeed);
    }

    /**
     * Finds or makes a user.
     *
     * @return the slot, {@link Session#NONE} for an empty name, or {@link KeyedTable#FULL}.
     */
    int user(final int tenant, final Fact fact, final int name) {
        final DirectBuffer buffer = fact.buffer();
        final int offset = fact.textOffset(name);
        final int length = fact.textLength(name);
        if (0 == length) {
            return Session.NONE;
        }
        int slot = users.find(tenant, buffer, offset, length);
        if (KeyedTable.MISSING == slot) {
            slot = users.add(tenant, buffer, offset, length);
            if (slot >= 0) {
                users.buffer(slot).putLong(users.payload(slot), EventKeys.user(tenant, buffer, offset, length), ByteOrder.LITTLE_ENDIAN);
            }
        }
        return slot;
    }

    /**
     * A device of a user is in or out.
     *
     * @return the presence of the user if that changes it, {@link #NEVER_SAID} if not, or {@link KeyedTable#FULL}.
     */
    int register(final int user, final int source, final Fact fact, final int device, final boolean in) {
        int slot = devices.find(source, fact.buffer(), fact.textOffset(device), fact.textLength(device));
        if (KeyedTable.MISSING == slot) {
            slot = devices.add(source, fact.buffer(), fact.textOffset(device), fact.textLength(device));
            if (slot < 0) {
                return KeyedTable.FULL;
            }
            devices.buffer(slot).putInt(devices.payload(slot), user + 1, ByteOrder.LITTLE_ENDIAN);
        }
        final int before = devices.buffer(slot).getInt(devices.payload(slot) + 4, ByteOrder.LITTLE_ENDIAN);
        devices.buffer(slot).putInt(devices.payload(slot) + 4, in ? IN : OUT, ByteOrder.LITTLE_ENDIAN);
        if (in && IN != before) {
            devicesIn(user, 1);
        } else if (!in && IN == before) {
            devicesIn(user, -1);
        }
        final int presence = devicesIn(user, 0) > 0 ? IN : OUT;
        if (presence == presence(user)) {
            return NEVER_SAID;
        }
        users.buffer(user).putInt(users.payload(user) + 12, presence, ByteOrder.LITTLE_ENDIAN);
        return presence;
    }

    /** The event key of a user. */
    long key(final int user) {
        return Session.NONE == user ? EventKeys.NONE : users.buffer(user).getLong(users.payload(user), ByteOrder.LITTLE_ENDIAN);
    }

    int presence(final int user) {
        return users.buffer(user).getInt(users.payload(user) + 12, ByteOrder.LITTLE_ENDIAN);
    }

    int tenant(final int user) {
        return (int)users.scope(user);
    }

    DirectBuffer buffer(final int user) {
        return users.keyBuffer(user);
    }

    int offset(final int user) {
        return users.keyOffset(user);
    }

    int length(final int user) {
        return users.keyLength(user);
    }

    int next(final int user) {
        return users.next(user);
    }

    long memoryBytes() {
        return users.memoryBytes() + devices.memoryBytes();
    }

    /** Hashes users and devices. */
    long digest(final StateDigest digest) {
        digest.begin();
        for (int slot = users.next(-1); slot >= 0; slot = users.next(slot)) {
            final long content = Texts.hash(presence(slot), devicesIn(slot, 0));
            digest.entry(users.scope(slot), users.keyBuffer(slot), users.keyOffset(slot), users.keyLength(slot), content);
        }
        for (int slot = devices.next(-1); slot >= 0; slot = devices.next(slot)) {
            final int user = devices.buffer(slot).getInt(devices.payload(slot), ByteOrder.LITTLE_ENDIAN) - 1;
            final long presence = devices.buffer(slot).getInt(devices.payload(slot) + 4, ByteOrder.LITTLE_ENDIAN);
            final long content = Texts.hash(presence, KeyHashes.hash(users, user, 1));
            digest.entry(devices.scope(slot), devices.keyBuffer(slot), devices.keyOffset(slot), devices.keyLength(slot), content);
        }
        return digest.end();
    }

    private int devicesIn(final int user, final int change) {
        final int index = users.payload(user) + 8;
        final int count = users.buffer(user).getInt(index, ByteOrder.LITTLE_ENDIAN) + change;
        users.buffer(user).putInt(index, count, ByteOrder.LITTLE_ENDIAN);
        return count;
    }
}

package io.strowger.router.core;

import io.strowger.router.record.EventKeys;
import io.strowger.router.state.KeyedTable;
import io.strowger.router.state.Slabs;
import io.strowger.router.state.StateDigest;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import io.strowger.router.state.TableOrder;
import org.agrona.DirectBuffer;

/**
 * Users and their devices. A user is at work from the first device in to the last device out.
 *
 * <p>User record: 0 key (i64), 8 devices in (i32), 12 presence (i32: 0 never said, 1 in, 2 out), 16 source that has shown a leg or a
 * device of his last, or else, negative, that has named him last (i32). Device record: 0 user, slot plus one (i32), 4 presence (i32), 8
 * stamp of its source's lists (i32), 12 next of the source, slot plus one (i32). Users are found by tenant and name, devices by source and
 * name; the devices of a source hang together in the order they were first said.
 */
final class Directory {
    static final int NEVER_SAID = 0;
    static final int IN = 1;
    static final int OUT = 2;

    private static final int USER_LENGTH = 24;
    private static final int USER_SOURCE = 16;
    private static final int DEVICE_LENGTH = 16;

    private final KeyedTable users;
    private final KeyedTable devices;
    private final int[] firstDevices;
    private final int[] lastDevices;

    Directory(final Slabs slabs, final int capacity, final int sources, final long hashSeed) {
        firstDevices = new int[sources + 1];
        lastDevices = new int[sources + 1];
        users = new KeyedTable(slabs, capacity, USER_LENGTH, hashSeed);
        devices = new KeyedTable(slabs, capacity, DEVICE_LENGTH, hashSeed);
    }

    /**
     * Finds or makes a user whom a source names. As long as no source has shown him, the one that named him last has him: who is only in a
     * queue's list, or has only written, is asked for there.
     *
     * @return the slot, {@link Session#NONE} for an empty name, or {@link KeyedTable#FULL}.
     */
    int user(final int tenant, final Fact fact, final int name) {
        final int slot = findOrAdd(tenant, fact, name);
        if (slot >= 0 && Fields.get(users, slot, USER_SOURCE) <= 0) {
            Fields.put(users, slot, USER_SOURCE, -fact.source());
        }
        return slot;
    }

    /**
     * Finds or makes the user of a leg that a source shows.
     *
     * @return as {@link #user}.
     */
    int shown(final int tenant, final Fact fact, final int name) {
        final int slot = findOrAdd(tenant, fact, name);
        if (slot >= 0) {
            shown(slot, fact.source());
        }
        return slot;
    }

    private int findOrAdd(final int tenant, final Fact fact, final int name) {
        final DirectBuffer buffer = fact.buffer();
        final int offset = fact.textOffset(name);
        final int length = fact.textLength(name);
        if (0 == length) {
            return Session.NONE;
        }
        int slot = find(tenant, buffer, offset, length);
        if (KeyedTable.MISSING == slot) {
            slot = users.add(tenant, buffer, offset, length);
            if (slot >= 0) {
                Fields.putLong(users, slot, 0, EventKeys.user(tenant, buffer, offset, length));
            }
        }
        return slot;
    }

    /**
     * Finds a user.
     *
     * @return its slot, or {@link KeyedTable#MISSING}.
     */
    int find(final int tenant, final DirectBuffer name, final int offset, final int length) {
        return users.find(tenant, name, offset, length);
    }

    /**
     * A device of a user is in or out.
     *
     * @return the presence of the user if that changes it, {@link #NEVER_SAID} if not, or {@link KeyedTable#FULL}.
     */
    int register(final int user, final int source, final Fact fact, final int device, final boolean in, final int stamp) {
        int slot = device(source, fact, device);
        if (KeyedTable.MISSING == slot) {
            slot = devices.add(source, fact.buffer(), fact.textOffset(device), fact.textLength(device));
            if (slot < 0) {
                return KeyedTable.FULL;
            }
            Fields.put(devices, slot, 0, user + 1);
            link(source, slot);
        }
        Fields.put(devices, slot, 8, stamp);
        Fields.put(devices, slot, 0, user + 1);
        return register(slot, in);
    }

    /**
     * A device that is known is in or out.
     *
     * @return the presence of its user if that changes it, {@link #NEVER_SAID} if not.
     */
    int register(final int device, final boolean in) {
        final int user = userOf(device);
        final int before = Fields.get(devices, device, 4);
        Fields.put(devices, device, 4, in ? IN : OUT);
        if (in && IN != before) {
            devicesIn(user, 1);
        } else if (!in && IN == before) {
            devicesIn(user, -1);
        }
        final int presence = devicesIn(user, 0) > 0 ? IN : OUT;
        if (presence == presence(user)) {
            return NEVER_SAID;
        }
        Fields.put(users, user, 12, presence);
        return presence;
    }

    /**
     * Finds a device.
     *
     * @return its slot, or {@link KeyedTable#MISSING}.
     */
    int device(final int source, final Fact fact, final int name) {
        return devices.find(source, fact.buffer(), fact.textOffset(name), fact.textLength(name));
    }

    /** The device of a source that was said first, or {@link Session#NONE}. */
    int firstDevice(final int source) {
        return firstDevices[source] - 1;
    }

    /** The next device of the same source, or {@link Session#NONE}. */
    int nextDevice(final int device) {
        return Fields.get(devices, device, 12) - 1;
    }

    /** Hashes what a device is called, for the digest. */
    long deviceHash(final int device, final long seed) {
        return KeyHashes.hash(devices, device, seed);
    }

    /** Hashes what a user is called, for the digest. */
    long userHash(final int user, final long seed) {
        return KeyHashes.hash(users, user, seed);
    }

    boolean isIn(final int device) {
        return IN == Fields.get(devices, device, 4);
    }

    int userOf(final int device) {
        return Fields.get(devices, device, 0) - 1;
    }

    /** The generation of its source's lists in which the device was last said to be in or out. */
    int stamp(final int device) {
        return Fields.get(devices, device, 8);
    }

    /** The event key of a user. */
    long key(final int user) {
        return Session.NONE == user ? EventKeys.NONE : Fields.getLong(users, user, 0);
    }

    int presence(final int user) {
        return Fields.get(users, user, 12);
    }

    /** A source has shown the user: a leg, or a device of his. */
    void shown(final int user, final int source) {
        Fields.put(users, user, USER_SOURCE, source);
    }

    /** Number of the source that has shown the user last, or else has named him last. */
    int source(final int user) {
        return Math.abs(Fields.get(users, user, USER_SOURCE));
    }

    void name(final Slice into, final int user) {
        into.wrap(buffer(user), offset(user), length(user));
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
            final long content = Texts.hash(presence(slot) | (long)Fields.get(users, slot, USER_SOURCE) << 32, devicesIn(slot, 0));
            digest.entry(users.scope(slot), users.keyBuffer(slot), users.keyOffset(slot), users.keyLength(slot), content);
        }
        for (int slot = devices.next(-1); slot >= 0; slot = devices.next(slot)) {
            long content = Texts.hash(Fields.get(devices, slot, 4), KeyHashes.hash(users, userOf(slot), 1));
            content = Texts.hash(stamp(slot), content);
            content = Session.NONE == nextDevice(slot) ? content : KeyHashes.hash(devices, nextDevice(slot), content);
            digest.entry(devices.scope(slot), devices.keyBuffer(slot), devices.keyOffset(slot), devices.keyLength(slot), content);
        }
        return digest.end();
    }

    private int devicesIn(final int user, final int change) {
        final int count = Fields.get(users, user, 8) + change;
        Fields.put(users, user, 8, count);
        return count;
    }

    /** How many users there are. */
    int count() {
        return users.size();
    }

    int deviceCount() {
        return devices.size();
    }

    int[] sortedUsers() {
        return TableOrder.sorted(users);
    }

    /**
     * Writes users and devices.
     *
     * @param sorted  users, in the order of {@link TableOrder#sorted}.
     * @param numbers of the users by their slots.
     */
    void write(final StateOutput out, final int[] sorted, final int[] numbers) {
        out.putInt(sorted.length);
        for (final int slot : sorted) {
            out.putKey(users, slot);
            out.putByte(presence(slot));
            out.putInt(Fields.get(users, slot, USER_SOURCE));
        }
        out.putInt(devices.size());
        for (int source = 1; source < firstDevices.length; source++) {
            for (int device = firstDevice(source); Session.NONE != device; device = nextDevice(device)) {
                out.putKey(devices, device);
                out.putInt(numbers[userOf(device)]);
                out.putByte(Fields.get(devices, device, 4));
                out.putInt(stamp(device));
            }
        }
    }

    /** Reads users and devices: the n-th user stands in slot n, the n-th device as well. */
    void read(final StateInput in) {
        final int count = in.getInt(0, users.capacity());
        for (int i = 0; i < count; i++) {
            final int slot = in.getKey(users);
            final long key = EventKeys.user(tenant(slot), buffer(slot), offset(slot), length(slot));
            Fields.putLong(users, slot, 0, key);
            Fields.put(users, slot, 12, in.getByte());
            shown(slot, in.getInt());
        }
        final int deviceCount = in.getInt(0, devices.capacity());
        for (int i = 0; i < deviceCount; i++) {
            final int slot = in.getKey(devices);
            Fields.put(devices, slot, 0, in.getInt(0, count - 1) + 1);
            Fields.put(devices, slot, 4, in.getByte());
            Fields.put(devices, slot, 8, in.getInt());
            link((int)devices.scope(slot), slot);
            devicesIn(userOf(slot), isIn(slot) ? 1 : 0);
        }
    }

    /** Where a device stands in the order of {@link #write}, or {@link Session#NONE}. */
    int deviceNumber(final int wanted) {
        int number = 0;
        for (int source = 1; source < firstDevices.length; source++) {
            for (int device = firstDevice(source); Session.NONE != device; device = nextDevice(device)) {
                if (device == wanted) {
                    return number;
                }
                number++;
            }
        }
        return Session.NONE;
    }

    private void link(final int source, final int device) {
        if (0 == firstDevices[source]) {
            firstDevices[source] = device + 1;
        } else {
            Fields.put(devices, lastDevices[source] - 1, 12, device + 1);
        }
        lastDevices[source] = device + 1;
    }
}

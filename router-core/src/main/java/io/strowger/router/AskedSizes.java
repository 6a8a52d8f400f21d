package io.strowger.router;

import org.agrona.BitUtil;

/**
 * The sizes of what signals and events wait in, as a context asks for them.
 */
final class AskedSizes {
    private int ring = RouterConfiguration.RING_CAPACITY_DEFAULT;
    private int slot = RouterConfiguration.SLOT_LENGTH_DEFAULT;
    private int channel = RouterConfiguration.CHANNEL_CAPACITY_DEFAULT;
    private int window = RouterConfiguration.WINDOW_CAPACITY_DEFAULT;
    private int subscription = RouterConfiguration.SUBSCRIPTION_CAPACITY_DEFAULT;

    void ring(final int slots) {
        ring = slots;
    }

    int ring() {
        return ring;
    }

    void slot(final int bytes) {
        slot = bytes;
    }

    int slot() {
        return slot;
    }

    void channel(final int bytes) {
        channel = bytes;
    }

    int channel() {
        return channel;
    }

    void window(final int bytes) {
        window = bytes;
    }

    int window() {
        return window;
    }

    void subscription(final int events) {
        subscription = events;
    }

    int subscription() {
        return subscription;
    }

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when one is out of its range.
     */
    void conclude() {
        RouterContext.check(BitUtil.isPowerOfTwo(ring) && ring >= RouterConfiguration.RING_CAPACITY_MIN, "ringCapacity", ring);
        RouterContext.check(slot >= RouterConfiguration.SLOT_ALIGNMENT && 0 == slot % RouterConfiguration.SLOT_ALIGNMENT
            && slot <= RouterConfiguration.SLOT_LENGTH_DEFAULT, "slotLength", slot);
        RouterContext.check((long)ring * slot <= 1 << 30, "ringCapacity", ring);
        RouterContext.check(BitUtil.isPowerOfTwo(channel) && channel >= 8 * slot && channel <= 1 << 29, "channelCapacityBytes", channel);
        RouterContext.check(BitUtil.isPowerOfTwo(window) && window >= RouterConfiguration.WINDOW_CAPACITY_MIN,
            "windowCapacityBytes", window);
        RouterContext.check(subscription > 0 && subscription <= 1 << 24, "subscriptionCapacity", subscription);
    }

    @Override
    public String toString() {
        return "ringCapacity=" + ring + " slots\n  slotLength=" + slot + " bytes\n  channelCapacityBytes=" + channel
            + "\n  windowCapacityBytes=" + window + "\n  subscriptionCapacity=" + subscription + " events";
    }
}

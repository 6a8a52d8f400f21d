package io.strowger.router;

import io.strowger.codecs.SignalLayout;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/**
 * Defaults and bounds of what a {@link RouterContext} can set.
 */
public final class RouterConfiguration {
    /** Slots and slot lengths are multiples of this many bytes: two cache lines, which are fetched together. */
    public static final int SLOT_ALIGNMENT = 128;

    /** Default number of slots in the ring. */
    public static final int RING_CAPACITY_DEFAULT = 2048;

    /** Fewest slots in the ring. */
    public static final int RING_CAPACITY_MIN = 16;

    /** Default length of a slot in bytes: the longest signal. */
    public static final int SLOT_LENGTH_DEFAULT = BitUtil.align(SignalLayout.MAX_SIGNAL_LENGTH, SLOT_ALIGNMENT);

    /** Default capacity of a channel in bytes. */
    public static final int CHANNEL_CAPACITY_DEFAULT = 256 * 1024;

    /** Default capacity of the subscriptions' shared window in bytes. */
    public static final int WINDOW_CAPACITY_DEFAULT = 4 * 1024 * 1024;

    /** Smallest window in bytes: some records of the greatest length. */
    public static final int WINDOW_CAPACITY_MIN = 32 * 1024;

    /** Default of the most bytes of blocks that wait to be durable before they are shown. */
    public static final int HELD_CAPACITY_DEFAULT = 16 * 1024 * 1024;

    /** Default number of matched events that may wait for one subscription. */
    public static final int SUBSCRIPTION_CAPACITY_DEFAULT = 4096;

    /** Default number of refused signals a second, of one source on one channel, that get a record of their own. */
    public static final int REJECT_RECORDS_PER_SECOND_DEFAULT = 100;

    /** Every refused signal gets a record of its own. */
    public static final int ALL_REJECTS = Integer.MAX_VALUE;

    /** In place of a time limit: there is none. */
    public static final long NEVER = -1;

    /** Default of how long a source may be down before its sessions end. */
    public static final long SOURCE_DOWN_LIMIT_MS_DEFAULT = TimeUnit.MINUTES.toMillis(15);

    /** Default of how long a session may go unseen before it ends. */
    public static final long SESSION_AGE_LIMIT_MS_DEFAULT = TimeUnit.HOURS.toMillis(12);

    /** Default of how long the result of an action is kept for repeats of its key. */
    public static final long ACTION_KEEP_MS_DEFAULT = TimeUnit.HOURS.toMillis(24);

    /** Turns longer than this count as stalls. */
    public static final long STALL_THRESHOLD_NS_DEFAULT = TimeUnit.MILLISECONDS.toNanos(10);

    /** Default of the longest time a close may drain. */
    public static final long CLOSE_TIMEOUT_NS_DEFAULT = TimeUnit.SECONDS.toNanos(5);

    /** How long the core's or the ingress thread spins without work before it sleeps: about as long as a wake takes. */
    public static final long CORE_IDLE_SPIN_NS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Turns without work before any other idle thread yields. */
    public static final int IDLE_SPINS = 10;

    /** Yields before an idle thread sleeps. */
    public static final int IDLE_YIELDS = 20;

    /** Longest sleep of an idle thread that nobody wakes. */
    public static final long IDLE_MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Longest sleep of a thread that has nothing to look for until it is woken. */
    public static final long REST_MAX_PARK_NS = TimeUnit.SECONDS.toNanos(1);

    private RouterConfiguration() {
    }
}

package io.strowger.router;

import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.router.core.TickLimits;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.follower.FollowerSettings;
import io.strowger.router.journal.Durability;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.pipeline.Admission;
import io.strowger.router.pipeline.JournalTime;
import io.strowger.router.pipeline.PipelineSettings;
import io.strowger.router.replay.CoreFold;
import io.strowger.router.replay.FoldFactory;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Everything one router is launched with. Only the journal must be given. Serves one launch; one thread.
 */
public final class RouterContext {
    private Journal journal;
    private ThreadingMode threadingMode = Runtime.getRuntime().availableProcessors() <= 2 ? ThreadingMode.SHARED : ThreadingMode.SPLIT;
    private JournalTime journalTime = JournalTime.WALL;
    private final AskedSizes sizes = new AskedSizes();
    private final AskedLimits limits = new AskedLimits();
    private final AskedDurability durability = new AskedDurability();
    private int rejectRecordsPerSecond = RouterConfiguration.REJECT_RECORDS_PER_SECOND_DEFAULT;
    private final AskedTimes times = new AskedTimes();
    private long stallThresholdNs = RouterConfiguration.STALL_THRESHOLD_NS_DEFAULT;
    private long closeTimeoutNs = RouterConfiguration.CLOSE_TIMEOUT_NS_DEFAULT;
    private Admission admission = new AdmissionWalk(TemplateSet.forSources())::check;
    private ErrorHandler fatalHandler = ToldFaults::tellThread;
    private ErrorHandler errorHandler = ToldFaults::tellThread;
    private EpochNanoClock epochNanoClock = new OffsetEpochNanoClock();
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private RouterCounters counters = new RouterCounters();
    private FoldFactory foldFactory;
    private SnapshotStore snapshots;
    private FollowerSettings follower;
    private boolean sharesCatchUp = true;
    private IdleStrategies idleStrategies = IdleStrategies.SLEEPING;
    private final List<Tap> taps = new ArrayList<>();
    /** Made by the launch. */
    private ThreadIdling idling;
    private boolean isConcluded;

    /** The journal to stand on. It stays the caller's, to be closed behind the router. */
    public RouterContext journal(final Journal value) {
        journal = value;
        return this;
    }

    /** Which threads turn the router. Default: SHARED on two cores or fewer, else SPLIT. */
    public RouterContext threadingMode(final ThreadingMode value) {
        threadingMode = value;
        return this;
    }

    /** Where journal time comes from. Default: WALL. */
    public RouterContext journalTime(final JournalTime value) {
        journalTime = value;
        return this;
    }

    /** Slots in the ring, a power of two. */
    public RouterContext ringCapacity(final int slots) {
        sizes.ring(slots);
        return this;
    }

    /** Longest signal in bytes, a multiple of 128. */
    public RouterContext slotLength(final int bytes) {
        sizes.slot(bytes);
        return this;
    }

    /**
     * Size in bytes behind which a block is closed. As the capacities below, it is kept with the journal by the first launch on it and
     * holds for all later ones; when not set, it is what the journal has, or {@link FoldLimits#DEFAULT} for a new one.
     */
    public RouterContext blockSizeLimit(final int bytes) {
        limits.blockSize(bytes);
        return this;
    }

    /** Capacity of each channel in bytes, a power of two, at least 8 slots long. */
    public RouterContext channelCapacityBytes(final int bytes) {
        sizes.channel(bytes);
        return this;
    }

    /** Capacity of the subscriptions' shared window of recent records in bytes, a power of two. */
    public RouterContext windowCapacityBytes(final int bytes) {
        sizes.window(bytes);
        return this;
    }

    /** Most matched events that wait for one subscription before it falls behind: a power of two, less one; 32 bytes each. */
    public RouterContext subscriptionCapacity(final int events) {
        sizes.subscription(events);
        return this;
    }

    /** Most open sessions, kept with the journal: see {@link #blockSizeLimit}. */
    public RouterContext sessionCapacity(final int count) {
        limits.sessions(count);
        return this;
    }

    /** Most users and devices, kept with the journal. */
    public RouterContext userCapacity(final int count) {
        limits.users(count);
        return this;
    }

    /** Most groups and memberships, kept with the journal. */
    public RouterContext groupCapacity(final int count) {
        limits.groups(count);
        return this;
    }

    /** Most sources, kept with the journal. */
    public RouterContext sourceCapacity(final int count) {
        limits.sources(count);
        return this;
    }

    /** Most actions of clients, pending ones and those whose result is kept ({@link #actionKeepMs}); kept with the journal. */
    public RouterContext actionCapacity(final int count) {
        limits.actions(count);
        return this;
    }

    /**
     * Most refused signals a second, of one source on one channel, that get a record of their own; beyond that one record a second counts
     * them. {@link RouterConfiguration#ALL_REJECTS}: all of them do, and a channel without room for the record is back pressure.
     */
    public RouterContext rejectRecordsPerSecond(final int count) {
        rejectRecordsPerSecond = count;
        return this;
    }

    /** Most of these that one tenant has, by default half; kept with the journal. Where all fit, tenants can't tell of each other. */
    public RouterContext actionsPerTenant(final int count) {
        limits.actionsPerTenant(count);
        return this;
    }

    /** How long a source may be down before its sessions expire, {@link RouterConfiguration#NEVER} for ever; never by the sources' time. */
    public RouterContext sourceDownLimitMs(final long value) {
        times.sourceDownLimitMs(value);
        return this;
    }

    /**
     * For how long a session may go unseen, neither in a fact nor in a list of its source, before it ends with cause expired; it then does
     * within twice this time. {@link RouterConfiguration#NEVER}: for ever.
     */
    public RouterContext sessionAgeLimitMs(final long value) {
        times.sessionAgeLimitMs(value);
        return this;
    }

    /**
     * For how long the result of an action is kept behind its end: a repeat of its key is not done again meanwhile, and gets the same
     * result. {@link RouterConfiguration#NEVER}: until {@link #actionsPerTenant} is used up. What failed at once is kept a minute at most.
     */
    public RouterContext actionKeepMs(final long value) {
        times.actionKeepMs(value);
        return this;
    }

    /** What an acknowledgement to a source promises. DURABLE: the journal is synced all the time, on a thread of its own. */
    public RouterContext durability(final Durability level) {
        durability.acknowledged(level);
        return this;
    }

    /** From when on taps and subscriptions see a block. Default: ACCEPTED. DURABLE needs the same {@link #durability}. */
    public RouterContext visibility(final Durability level) {
        durability.visible(level);
        return this;
    }

    /** Most bytes of blocks that wait to be durable before they are visible: without room for another no signals are taken. */
    public RouterContext heldCapacityBytes(final int bytes) {
        durability.heldCapacityBytes(bytes);
        return this;
    }

    /** Turns longer than this count as stalls. */
    public RouterContext stallThresholdNs(final long value) {
        stallThresholdNs = value;
        return this;
    }

    /** Longest time a close may drain, and the longest wait for an answer of the core thread. */
    public RouterContext closeTimeoutNs(final long value) {
        closeTimeoutNs = value;
        return this;
    }

    /**
     * Looks at every signal offered through a channel opened without an admission of its own, on the thread that offers it. Default: the
     * walk that lets in what a source may say.
     */
    public RouterContext admission(final Admission value) {
        admission = value;
        return this;
    }

    /** Told once, on the thread that found it, of what has stopped the router for good. Default: the thread's uncaught handler. */
    public RouterContext fatalHandler(final ErrorHandler value) {
        fatalHandler = value;
        return this;
    }

    /**
     * Told of each fault that does not stop the router: of a tap, which is detached by then, the catch-up pass, the follower, a snapshot.
     * On the thread that met it. What it throws is counted and goes no further. Default: the thread's uncaught handler.
     */
    public RouterContext errorHandler(final ErrorHandler value) {
        errorHandler = value;
        return this;
    }

    /** Clock of journal time: nanoseconds since 1970, any thread, no allocation. */
    public RouterContext epochNanoClock(final EpochNanoClock value) {
        epochNanoClock = value;
        return this;
    }

    /** Clock of duty cycles and time limits. */
    public RouterContext nanoClock(final NanoClock value) {
        nanoClock = value;
        return this;
    }

    /** Counters to write to, maybe in a mapped file. */
    public RouterContext counters(final RouterCounters value) {
        counters = value;
        return this;
    }

    /** How the threads idle. Default: {@link IdleStrategies#SLEEPING}. */
    public RouterContext idleStrategies(final IdleStrategies value) {
        idleStrategies = value;
        return this;
    }

    /** Adds a tap that sees every event from the first on. */
    public RouterContext tap(final Tap value) {
        taps.add(value);
        return this;
    }

    /**
     * Where snapshots of the journal's state are kept: the launch then begins with the newest good one. Default: none, the whole journal is
     * replayed.
     */
    public RouterContext snapshots(final SnapshotStore value) {
        snapshots = value;
        return this;
    }

    /**
     * Runs a follower beside the router, on a thread of its own: for {@link Router#ask}, {@link Router#subscribeWithSnapshot} and durable
     * snapshots. Default: none, each question then folds the journal on the asking thread.
     */
    public RouterContext follower(final FollowerSettings value) {
        follower = value;
        return this;
    }

    /**
     * Whether subscriptions that have fallen behind read the journal together, in one pass on a thread of its own, or each on its poller's.
     * Default: true.
     */
    public RouterContext sharedCatchUp(final boolean value) {
        sharesCatchUp = value;
        return this;
    }

    /** Another fold in the place of the core, for tests of what is around it. */
    RouterContext foldFactory(final FoldFactory value) {
        foldFactory = value;
        return this;
    }

    FollowerSettings follower() {
        return follower;
    }

    boolean sharesCatchUp() {
        return sharesCatchUp;
    }

    /** Of the launch, once this is concluded. */
    ThreadIdling idling() {
        return idling;
    }

    ErrorHandler errorHandler() {
        return errorHandler;
    }

    ThreadingMode threadingMode() {
        return threadingMode;
    }

    List<Tap> taps() {
        return taps;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    RouterCounters counters() {
        return counters;
    }

    /**
     * Checks everything, once.
     *
     * @throws IllegalStateException    when it was concluded before, or has no journal.
     * @throws IllegalArgumentException when a value is out of its range.
     * @throws io.strowger.router.journal.JournalException when it asks for other limits than the journal's.
     */
    PipelineSettings conclude() {
        if (isConcluded) {
            throw new IllegalStateException("a context serves one launch");
        }
        isConcluded = true;
        if (null == journal) {
            throw new IllegalStateException("a router needs a journal");
        }
        sizes.conclude();
        check(rejectRecordsPerSecond >= 0, "rejectRecordsPerSecond", rejectRecordsPerSecond);
        final TickLimits tickLimits = times.conclude();
        check(closeTimeoutNs > 0, "closeTimeoutNs", closeTimeoutNs);
        errorHandler = new ToldFaults(errorHandler, counters);
        final FoldLimits foldLimits = limits.of(journal);
        if (null == foldFactory) {
            foldFactory = (out, hashSeed) -> CoreFold.of(foldLimits, hashSeed, out);
        }
        idling = ThreadIdling.of(idleStrategies, threadingMode);
        return new PipelineSettings(journal, snapshots, foldFactory, admission, journalTime, epochNanoClock, nanoClock, counters,
            errorHandler, fatalHandler, sizes.ring(), sizes.slot(), foldLimits, sizes.channel(), sizes.window(), sizes.subscription(),
            rejectRecordsPerSecond, tickLimits, stallThresholdNs, durability.conclude(idling.waker(idling.durability())),
            closeTimeoutNs, idling.isInvoker(), ThreadingMode.SPLIT != threadingMode, idling.waker(idling.ingress()),
            idling.waker(idling.core()));
    }

    @Override
    public String toString() {
        return "RouterContext{\n  threadingMode=" + threadingMode + "\n  journalTime=" + journalTime + "\n  " + sizes + "\n  "
            + limits + "\n  follower=" + follower + "\n  sharedCatchUp=" + sharesCatchUp + "\n  rejectRecordsPerSecond="
            + rejectRecordsPerSecond + "\n  " + times + "\n  stallThresholdNs=" + stallThresholdNs + "\n  closeTimeoutNs="
            + closeTimeoutNs + "\n  " + durability + "\n  taps=" + taps.size() + "\n}";
    }

    static void check(final boolean isRight, final String name, final long value) {
        if (!isRight) {
            throw new IllegalArgumentException(name + " is out of its range: " + value);
        }
    }
}

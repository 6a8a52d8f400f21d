package io.strowger.router.status;

/**
 * What the router counts. The ids are the places in the counters' buffer: new ones are added, old ones never change.
 */
public enum RouterCounter {
    /** Signals taken from the channels into the ring, those that tell of refused ones among them. */
    ADMITTED(0, "Signals admitted"),
    /** Signals folded by the core. */
    SIGNALS(1, "Signals folded"),
    /** Offers refused by admission. */
    REJECTED(2, "Signals rejected"),
    /** Offers that found their channel full, for the signal or for the record of its refusal. */
    CHANNEL_FULL(3, "Offers back-pressured"),
    /** Ingress turns that found signals waiting and no free slot in the ring. */
    RING_FULL(4, "Ring full"),
    /** Blocks appended to the journal. */
    BLOCKS(5, "Blocks appended"),
    /** Records appended to the journal. */
    RECORDS(6, "Records appended"),
    /** Bytes appended to the journal, block headers included. */
    JOURNAL_BYTES(7, "Journal bytes"),
    /** Appends that found no room in the journal and were tried again. */
    JOURNAL_FULL(8, "Journal back-pressured"),
    /** Events dispatched. */
    EVENTS(9, "Events dispatched"),
    /** Events put into a subscription's ring. */
    DELIVERIES(10, "Deliveries to subscriptions"),
    /** Times that a subscription fell behind: its ring was full. */
    LAGGING(11, "Subscriptions fallen behind"),
    /** Taps detached because they threw. */
    TAP_FAULTS(12, "Tap faults"),
    /** Commands that found the command queue full. */
    COMMANDS_REFUSED(13, "Commands refused"),
    /** Longest busy turn of the ingress in nanoseconds. */
    INGRESS_MAX_CYCLE_NS(14, "Ingress max cycle time ns"),
    /** Busy turns of the ingress longer than the stall threshold. */
    INGRESS_STALLS(15, "Ingress stalls"),
    /** Longest busy turn of the core in nanoseconds. */
    CORE_MAX_CYCLE_NS(16, "Core max cycle time ns"),
    /** Busy turns of the core longer than the stall threshold. */
    CORE_STALLS(17, "Core stalls"),
    /** Signals of sources that the router had already. */
    DUPLICATES(18, "Duplicate signals"),
    /** Signals folded that changed nothing: known already, repeated, too late, before their epoch is known, hidden or covered. */
    UNCHANGED(19, "Signals without effect"),
    /** Signals that the core refused, for want of room or right. */
    REFUSED(20, "Signals refused by the core"),
    /** Last sequence that the follower has folded. */
    FOLLOWER_POSITION(21, "Follower position"),
    /** Records of the journal that the follower has not folded yet. */
    FOLLOWER_LAG(22, "Follower lag in records"),
    /** Questions for a status that the follower has answered. */
    STATUS_ANSWERS(23, "Status answers"),
    /** Snapshots that the follower has written. */
    SNAPSHOTS(24, "Snapshots written"),
    /** Blocks that the shared catch-up pass has read. */
    CATCH_UP_BLOCKS(25, "Catch-up blocks read"),
    /** Times that the catch-up pass went on without a subscription whose ring stayed full. */
    LEFT_BEHIND(26, "Subscriptions left behind"),
    /** Syncs of the journal that brought something to the disk, one for all that was appended since the one before. */
    SYNCS(27, "Journal syncs"),
    /** Last sequence on the disk, where the router syncs its journal. */
    DURABLE_SEQUENCE(28, "Durable sequence"),
    /** Records in the journal that are not known to be on the disk: as a sync begins, and again as it ends. */
    DURABLE_LAG(29, "Durable lag in records"),
    /** Turns of the core that folded nothing, because the blocks that wait to be durable leave no room. */
    HELD_FULL(30, "Held blocks full"),
    /** Longest busy turn of the durability duty in nanoseconds: the longest sync. */
    DURABILITY_MAX_CYCLE_NS(31, "Durability max cycle time ns"),
    /** Busy turns of the durability duty longer than the stall threshold. */
    DURABILITY_STALLS(32, "Durability stalls"),
    /** Times that the error handler threw itself. */
    HANDLER_FAULTS(33, "Error handler faults"),
    /** Faults of the follower, each followed by another try unless its fold differs from the journal. */
    FOLLOWER_FAULTS(34, "Follower faults"),
    /** Snapshots that the follower could not write. */
    SNAPSHOT_FAULTS(35, "Snapshot faults"),
    /** Accepted actions that no connection has taken, because their source had none or its outlet was full. */
    ACTIONS_UNTAKEN(36, "Actions untaken"),
    /** Results of actions forgotten before their time, for want of room: a repeat of their key is done anew. */
    ACTIONS_FORGOTTEN_EARLY(37, "Actions forgotten early");

    private final int id;
    private final String label;

    RouterCounter(final int id, final String label) {
        this.id = id;
        this.label = label;
    }

    /** Place of the counter in the buffer, from 0. */
    public int id() {
        return id;
    }

    /** What a person reads beside the number. */
    public String label() {
        return label;
    }
}

package io.strowger.router.pipeline;

import io.strowger.router.core.TickLimits;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.replay.FoldFactory;
import io.strowger.router.snapshot.SnapshotStore;
import io.strowger.router.status.RouterCounters;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * What a pipeline is made of, already checked.
 *
 * @param journal              to stand on.
 * @param snapshots            of the journal's state, null for none.
 * @param foldFactory          makes the core.
 * @param admission            looks at every signal offered.
 * @param journalTime          where journal time comes from.
 * @param epochNanoClock       of journal time by the wall.
 * @param nanoClock            of duty cycles and time limits.
 * @param counters             to write to.
 * @param errorHandler         told of tap faults, and of snapshots that can't be used.
 * @param fatalHandler         told once of the failure that stops the router.
 * @param ringCapacity         slots, a power of two.
 * @param slotLength           longest signal in bytes, a multiple of 128.
 * @param limits               of the fold and its blocks; the journal keeps these, or has none yet.
 * @param channelCapacity      of each channel in bytes, a power of two.
 * @param windowCapacity       of the subscriptions' window in bytes, a power of two.
 * @param subscriptionCapacity most matched events that wait for one subscription.
 * @param rejectLimit          most records of refused signals a second, of one source on one channel.
 * @param tickLimits           what is ended, or forgotten, for its age.
 * @param stallThresholdNs     turns longer than this are counted.
 * @param durability           when a record is acknowledged and shown.
 * @param closeTimeoutNs       longest time a close may drain; also the longest wait for an answer of the core thread.
 * @param isInline             whether the caller's thread turns the pipeline.
 * @param isOneThread          whether the thread of the ingress duty is that of the core duty.
 * @param ingressWaker         wakes the thread of the ingress duty.
 * @param coreWaker            wakes the thread of the core duty.
 */
public record PipelineSettings(Journal journal, SnapshotStore snapshots, FoldFactory foldFactory, Admission admission,
                               JournalTime journalTime, EpochNanoClock epochNanoClock, NanoClock nanoClock, RouterCounters counters,
                               ErrorHandler errorHandler, ErrorHandler fatalHandler, int ringCapacity, int slotLength,
                               FoldLimits limits, int channelCapacity, int windowCapacity, int subscriptionCapacity, int rejectLimit,
                               TickLimits tickLimits, long stallThresholdNs, DurabilitySettings durability, long closeTimeoutNs,
                               boolean isInline, boolean isOneThread, Waker ingressWaker, Waker coreWaker) {
}

/**
 * The journal on disk: Chronicle Queue behind one class, and everything that reads its files.
 *
 * <p>The folder of a journal:
 * <pre>
 *   DIR/
 *     LOCK                 locked by the process that writes; the operating system lets go of it when that process ends
 *     journal.properties   format, roll cycle, hash seed, fold limits, current generation, missing sequences, a file that was
 *                          on the disk; replaced as a whole, never edited
 *     staged               short blocks on their way to the queue, see below
 *     STAGED               locked by the writer once all that a dead one has staged is in the queue
 *     signals-v1.sbeir     the schema of the signals in it, as SBE's intermediate representation
 *     gen-0/               a Chronicle queue: one excerpt is one block
 *       20261125L.cq4      one file a cycle, see io.strowger.persistence.cycle
 *       metadata.cq4t      Chronicle's own; made again when it is lost
 *     snapshots/           the state at some places, never needed: see io.strowger.persistence.snapshot
 *     cursors/             where downstream systems stand: see io.strowger.persistence.tail
 *     gen-1/               what a repair copied; journal.properties says which generation counts
 * </pre>
 *
 * <p>Start of a writer: take LOCK, read journal.properties, check that the tail of the newest cycle file is whole, cut what was never
 * committed, clear the write lock a dead process left, open the queue (which ends older cycles), bring in what that process had staged,
 * ready. Readers map the cycle files read-only and may run beside the writer, in any process; they hold no lock, but for the moment in
 * which one looks whether what is staged has a writer.
 *
 * <p>Staged blocks: a short block costs the queue more than what stands in it, most of all for the fresh page that it begins. So the writer
 * may keep short blocks in a file whose pages are always the same, where they survive the process, and give them to the queue together, as
 * one block:
 * <pre>
 *   stage ──► staged, and MergedBlock in memory          append, a new cycle: what is staged goes first
 *                │                  │ flush
 *                │                  v
 *                │                queue ──► staged is emptied
 *                v  the writer dies
 *              the next one appends each block that the queue has not, by its sequence and on its chain: {@code StagedBlocks}
 * </pre>
 * Readers see a staged block behind the flush; who opens the journal when its writer has died, at once.
 *
 * <p>A long block is packed on its way to the file, see {@code BlockPacker}; whoever reads one gets it plain, see
 * {@link io.strowger.persistence.cycle.BlockCheck}.
 *
 * <p>A block of 4,096 bytes or more is written to the cycle file beside Chronicle's mapping of it, a shorter one through the mapping;
 * the words around it are Chronicle's in either case. See {@code CycleChannel}.
 *
 * <p>A full disk: some room is always left alone, and without it the writer takes nothing, see {@code SpaceGuard}; what is touched when a
 * block is appended has its room before, so that nobody can take it in between, see {@code RoomAhead}.
 *
 * <p>A newest file that is empty or gone is damage, not a new journal: journal.properties names one that was on the disk, see
 * {@code WrittenMark}.
 *
 * <p>Time: cycles roll by the time of the records, never by a clock, and never back.
 */
package io.strowger.persistence;

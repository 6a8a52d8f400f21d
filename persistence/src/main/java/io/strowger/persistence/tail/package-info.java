/**
 * The journal for downstream systems: tailed from another process, with cursors that have names and are kept on the disk.
 *
 * <pre>
 *   try (JournalTail tail = JournalTail.open(directory, "billing")) {
 *       while (isRunning) {
 *           if (tail.poll(record -&gt; bill(record), 256) &gt; 0) {
 *               tail.commit();
 *           } else {
 *               LockSupport.parkNanos(1_000_000);
 *           }
 *       }
 *   }
 * </pre>
 *
 * <p>At least once: whatever process dies at whatever moment, the records from the last commit on come again, in order, and none is missed.
 * A record keeps its sequence for ever, so who must act once keeps the last sequence beside what it did.
 *
 * <p>A tail only reads the journal's own files, which it maps read-only without Chronicle; it never makes the writer wait. What it writes
 * stands apart:
 * <pre>
 *   DIR/cursors/NAME        the cursor, replaced as a whole: temporary file, forced, renamed, folder forced
 *   DIR/cursors/.NAME.lock  locked by the process that tails with it
 *   DIR/cursors/.NAME.tmp   the next cursor while it is written
 * </pre>
 *
 * <p>A cursor's file, little endian:
 * <pre>
 *   0         8         12   16         24              32         36   40              48       52
 *   +---------+---------+----+----------+---------------+----------+----+---------------+--------+
 *   | magic   | version | 0  | position | block         | blockCrc | 0  | committed     | crc32c |
 *   +---------+---------+----+----------+---------------+----------+----+---------------+--------+
 *     8 bytes   u32       u32  i64        i64             u32        u32  i64 (ms, 1970)  u32
 * </pre>
 *
 * <p>Magic is "STRWCURS". Position is the first sequence that is not done. Block and blockCrc are the first sequence and the checksum, as
 * its header has it, of the block that holds the last record that is done, both 0 before there is one: by them a journal is recognised that
 * lost its end with the power, and went on with other records. The checksum is CRC32C over the 48 bytes before it.
 */
package io.strowger.persistence.tail;

/**
 * Snapshots of a journal's state on disk: {@code DIR/snapshots}, one file each.
 *
 * <p>A file, little-endian:
 * <pre>
 *   0        8         12         16
 *   +--------+---------+----------+----------------------------+-------------+-------------+------+
 *   | magic  | version | reserved | chunk: the header          | chunk       | ...         | end  |
 *   +--------+---------+----------+----------------------------+-------------+-------------+------+
 *     i64      i32       i32
 *
 *   a chunk  0        4        8                    the header  0          8       16             24         28 ..
 *            +--------+--------+-----------+                    +----------+-------+--------------+----------+--------------------------+
 *            | length | CRC32C | bytes     |                    | sequence | chain | journal time | sessions | users, groups, sources,  |
 *            +--------+--------+-----------+                    +----------+-------+--------------+----------+ actions, block size (i32)|
 *              i32      i32                                       i64        i64     i64, ns        i32      +--------------------------+
 * </pre>
 *
 * <p>The CRC32C of a chunk goes over the CRC of the one before it (i32) and its own bytes, so no chunk can be lost, moved or come from
 * another file. The end is a chunk of length 0. What the state's bytes mean is the router's own: {@code
 * io.strowger.router.core.StateWriter}.
 *
 * <p>Written to a temporary file, forced to the disk, renamed, and the folder forced: there is a whole snapshot or none. The last ones are
 * kept, older ones go when a newer one is on the disk.
 */
package io.strowger.persistence.snapshot;

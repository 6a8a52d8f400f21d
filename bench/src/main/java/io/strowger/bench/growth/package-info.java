/**
 * What one machine holds: memory and cost an event with many open sessions, users and subscriptions, with and without a follower; what a
 * status costs then; and how fast a router stands again behind a snapshot. Each is measured in processes of its own.
 *
 * <pre>
 *   GrowthBench   ──► GrowthMain    without a follower, then with one: memory, cost an event, latency of a status of one user
 *   ScaleBench    ──► ScaleMain     a process a case: cost an event as one thing grows and the rest stays, and in each threading mode
 *   StatusBench   ──► StatusMain    input of signals while a full status is read again and again, beside the follower alone
 *   SnapshotBench ──► SnapshotMain  write; then a process for each start, from the page cache and from the disk; replay
 *
 *   each: GrowthCalls ──► GrowthRouter: a router on a Chronicle journal on disk
 * </pre>
 */
package io.strowger.bench.growth;

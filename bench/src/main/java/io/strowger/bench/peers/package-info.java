/**
 * The router beside its peers: the same signals to each, each in a process of its own, round by round in turn.
 *
 * <pre>
 *   bench process ── round 1, 2, 3, ... ──┬──► process: traffic ─► pool ─► router, whole job, 3 taps
 *                                         ├──► process: traffic ─► pool ─► bare Chronicle
 *                                         ├──► process: traffic ─► pool ─► Aeron Archive
 *                                         ├──► process: traffic ─► pool ─► Kafka client  ──► broker process
 *                                         └──► process: traffic ─► pool ─► Redis client  ──► redis-server, ...
 * </pre>
 *
 * <p>All processes make the same traffic from one seed. A window opens with the first signal and closes when the last one is journaled
 * and shown, appended, recorded, read, or acknowledged by its server. Its processor time is that of the process and of its server. The
 * peers only take signals in; the router folds, routes and shows them as well.
 *
 * <p>Cases are compared with the router at the same level of what they keep: in memory or page cache, or on the disk. A case that can't
 * be run is reported with its reason.
 */
package io.strowger.bench.peers;

/**
 * Subscriptions beside one another: how much comes out of all of them together, what bad ones do to good ones, and what it takes to bring
 * many back who have fallen behind. Each benchmark runs a router on a journal on disk in a process of its own, and checks that every
 * subscription got exactly what is its own.
 *
 * <pre>
 *   deliveries  traffic ──► router ──► 10 subscriptions to everything ──► looked at, or into 10 loopback connections      in turn
 *
 *   isolation   pacer ──► router ──► 10 good subscriptions ──► wait of each event from its intended time     with, without, with, ...
 *                            └─────► 3 bad ones, in every other round
 *
 *   rejoin      writer ──► router ──► journal ──► one pass ──► 10,000 subscriptions, from the first record to live
 *                             └─► tally: how many events each user has, and which
 * </pre>
 */
package io.strowger.bench.subscribe;

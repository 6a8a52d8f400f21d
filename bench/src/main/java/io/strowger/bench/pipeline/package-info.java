/**
 * The whole pipeline beside its yardsticks: the same signals, the same process, round by round in turn.
 *
 * <pre>
 *   traffic ──► pool ──┬──► router: channel ─► admission ─► ring ─► fold ─► journal on disk ─► 3 taps     round 1, 2, 3, ...
 *   (not measured)     ├──► bare Chronicle: one excerpt a signal                                          round 1, 2, 3, ...
 *                      └──► bare Disruptor: copied into a slot, read by a second thread                   round 1, 2, 3, ...
 * </pre>
 *
 * <p>{@code sustained} offers for minutes instead: the router makes its signals as it goes, bare Chronicle appends the same ones over and
 * over, each has the disk to itself, and forcing the files to it is part of the window.
 *
 * <p>A window opens when the first signal is offered and closes when the last is all the way through: journaled and handed to the taps,
 * appended, or read. What a contender still holds then counts against it. Its processor time is that of the whole process, so a helper
 * thread is paid for. Between the windows files are forced to the disk, so that none inherits another's dirty pages. Each contender says
 * how it checked that it did the work.
 */
package io.strowger.bench.pipeline;

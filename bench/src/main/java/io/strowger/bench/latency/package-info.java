/**
 * How long a signal takes, at a steady rate: from the moment it was meant to be sent to the callback of a subscriber.
 *
 * <pre>
 *                                       one thread of the rig                          threads of the router
 *   from-signal   traffic ──────────────────► offer at the intended time ──► channel ──► admission, ring, fold ──► journal
 *   from-bytes    traffic as AMI ─► translate ─┘                                                                       │
 *                                                       callback ◄────────── subscription's ring ◄─────────────────────┘
 * </pre>
 *
 * <p>Open loop: message i is meant for begin + i / rate, whatever became of those before it, and carries that time as its source time: a
 * stall is charged to every message that was meant to be sent in it. Who is late sends as fast as it can. The time ends when the callback
 * of the event is called, on the rig's own thread, which polls whenever it need not send; with {@code tap} on the router's; with
 * {@code invoker} the router has no thread of its own.
 *
 * <p>A window opens a router on an empty journal, opens its sessions, runs at the rate for a while, and then measures; everything that was
 * sent must have come out of it, once and in order. Windows that are compared run in turn. A window that did not reach 0.99 of its rate, or
 * sent anything later than a tenth of the window's length, is {@code missed}: its figures say how the queue in front grew, and no more.
 */
package io.strowger.bench.latency;

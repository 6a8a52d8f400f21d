/**
 * Events posted to applications that wait at an address of their own, signed as Standard Webhooks has it.
 *
 * <pre>
 *   journal ──► JournalTail "webhook-NAME" ──► batch ──► POST ──► 2xx ──► commit
 *                     ▲                          │        │
 *                     └── behind a restart       └─ again ┴─ anything else, later and later
 * </pre>
 *
 * <p>A webhook is a follower with a durable cursor: at least once, in order, none left out; retention waits for it. Each has a cursor, a
 * connection and a context of its own: one that is slow or dead harms nobody.
 */
package io.strowger.ops.webhook;

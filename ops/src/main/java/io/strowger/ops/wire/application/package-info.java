/**
 * Where applications that are machines come to: streams of events, status and actions as SBE over TCP or TLS, and a client for it.
 *
 * <pre>
 *   TCP ──► opening: token ──► ApplicationSession ──► RequestReader ──► EventStream ◄── StreamPump ◄── router's subscriptions
 *                                    │                    │                  └──► ApplicationSink ──┐
 *                                    │                    └──────► Asks ──► AskReply ───────────────┤
 *                                    └◄── one write for a turn's frames ◄─ FrameBatch ◄─ FrameWriter ◄┘     memory: BatchPool
 *
 *   ApplicationClient ──► ClientLink: one connection, made again when it is lost ──► FrameReader ──► ApplicationStream ──► StreamListener
 *     streams, PendingActs owe ──► Outbox: bounded, a thread of its own writes
 * </pre>
 *
 * <p>The messages are those of {@code application.xml} in {@code io.strowger.codecs}; streams, pump and asks are the same that serve JSON.
 * Everything of a gateway happens on one event loop.
 */
package io.strowger.ops.wire.application;

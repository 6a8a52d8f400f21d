/**
 * Where sources come in: the source protocol, and the way in for sources that can't be slowed down. No sockets: a connector brings bytes
 * and carries away what is to be answered.
 *
 * <pre>
 *   a source that speaks signals                    a call router that is listened to
 *   hello, signals ──► SourceConnection             bytes ──► translator ──► SourceIntake ──► Channel
 *   welcome, acks, rejects, credit ◄──┘                                      spill, at most 64 MiB; beyond it: gap
 * </pre>
 */
package io.strowger.router.source;

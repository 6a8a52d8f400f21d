/**
 * The server as a whole, in its own process, from the PBX to the application, with as many applications as one server is for.
 *
 * <pre>
 *   3 PBXs, made of real captures ──AMI──► server process: router, journal, gateway ──WebSocket──► 10,000 subscribers, one event loop
 *                                                           │                                        each folds what it gets
 *                                                           └──► journal ──► what each should have folded
 * </pre>
 */
package io.strowger.bench.server;

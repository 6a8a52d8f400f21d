/**
 * What is said with a call router, dialect by dialect: login, subscription, lists, heartbeat. No sockets and no clocks.
 *
 * <p>One thread each.
 */
package io.strowger.ops.connector.talk;

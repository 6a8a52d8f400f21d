/**
 * Streams of events and states to applications: from the router, as far as they may see, and as fast as they take it.
 */
package io.strowger.ops.gateway.stream;

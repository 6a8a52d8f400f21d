/**
 * Tests of the peers: their servers, their processes, what is reported of them.
 */
package io.strowger.bench.peers;

/**
 * Tests of the latency rig: that it measures what it says.
 */
package io.strowger.bench.latency;

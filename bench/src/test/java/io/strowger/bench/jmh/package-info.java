/**
 * Tests of the frame around the JMH benchmarks.
 */
package io.strowger.bench.jmh;

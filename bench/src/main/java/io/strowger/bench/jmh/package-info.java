/**
 * JMH benchmarks of single-threaded units, each beside its yardstick in the same run.
 */
package io.strowger.bench.jmh;

/**
 * Tests of the benchmarks of subscriptions.
 */
package io.strowger.bench.subscribe;

/**
 * Tests of the charts.
 */
package io.strowger.bench.plot;

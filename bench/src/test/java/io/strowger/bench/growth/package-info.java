/**
 * Tests of what measures many open sessions.
 */
package io.strowger.bench.growth;

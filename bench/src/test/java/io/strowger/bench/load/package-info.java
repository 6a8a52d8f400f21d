/**
 * Tests of what results, payloads and rounds are made of.
 */
package io.strowger.bench.load;

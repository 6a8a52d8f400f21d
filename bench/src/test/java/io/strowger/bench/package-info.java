/**
 * Tests of the command line.
 */
package io.strowger.bench;

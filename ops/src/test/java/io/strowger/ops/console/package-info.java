/**
 * Tests of how a job speaks with the person who started it.
 */
package io.strowger.ops.console;

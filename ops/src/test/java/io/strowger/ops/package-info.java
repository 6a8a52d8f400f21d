/**
 * Tests of what a person runs, and what they share.
 */
package io.strowger.ops;

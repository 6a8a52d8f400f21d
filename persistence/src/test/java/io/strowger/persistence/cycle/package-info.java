/**
 * Tests of single blocks as they stand in a file.
 */
package io.strowger.persistence.cycle;

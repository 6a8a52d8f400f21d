/**
 * Work that may wait, off the loops.
 */
package io.strowger.ops.worker;

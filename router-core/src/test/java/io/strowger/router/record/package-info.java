/**
 * Blocks as they are written and walked, byte by byte.
 */
package io.strowger.router.record;

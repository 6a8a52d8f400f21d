/**
 * Frames and openings over loopback, cut and joined anyhow.
 */
package io.strowger.ops.wire;

/**
 * Whether a router can do its work: while its journal refuses what comes, or the disk of it is about to be full, that is said in time,
 * once, with the reason.
 */
package io.strowger.ops.health;

/**
 * Readers of the journal with a fold of their own: status at any place, and snapshots, at no cost to the router.
 */
package io.strowger.router.follower;

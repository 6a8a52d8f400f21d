/**
 * What the router tells about itself: counters that any thread may read, and the named return codes of its calls.
 */
package io.strowger.router.status;

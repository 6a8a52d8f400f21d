/** Tests of what follows the journal. */
package io.strowger.router.follower;

/**
 * The fold as its drivers see it: fed live by the pipeline, fed again from the journal at recovery, by followers and by exact replay.
 */
package io.strowger.router.replay;

/**
 * Tests of the off-heap tables: against models, under collisions, and for what they allocate and take.
 */
package io.strowger.router.state;

/**
 * Tests of the tail for downstream systems.
 */
package io.strowger.persistence.tail;

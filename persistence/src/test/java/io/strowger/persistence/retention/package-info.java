/**
 * Tests of what may be removed of a journal.
 */
package io.strowger.persistence.retention;

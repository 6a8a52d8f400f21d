/**
 * Tests of the walk over untrusted bytes.
 */
package io.strowger.codecs.admission;

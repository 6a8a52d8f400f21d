/**
 * Tests of the translator for Kamailio: framing, mapping, every split, allocation, captures.
 */
package io.strowger.codecs.kamailio;

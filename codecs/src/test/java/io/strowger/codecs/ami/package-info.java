/**
 * Tests of the translator for Asterisk: rows of the list of known faults, rules of the dialect, every split, allocation, captures.
 */
package io.strowger.codecs.ami;

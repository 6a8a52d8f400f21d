/**
 * Tests of the translator for action URLs: every event of every maker, decoding, lost and doubled requests, allocation.
 */
package io.strowger.codecs.actionurl;

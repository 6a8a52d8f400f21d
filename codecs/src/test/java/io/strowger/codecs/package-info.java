/**
 * Tests of what all signals share.
 */
package io.strowger.codecs;

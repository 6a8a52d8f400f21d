/**
 * Tests of the FreeSWITCH translator.
 */
package io.strowger.codecs.esl;

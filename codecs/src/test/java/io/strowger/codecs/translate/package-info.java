/**
 * Tests of what translators share, and the sinks and captures that their tests read.
 */
package io.strowger.codecs.translate;

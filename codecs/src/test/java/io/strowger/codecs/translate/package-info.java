/**
 * Tests of what translators share, and the log of facts that their tests read.
 */
package io.strowger.codecs.translate;

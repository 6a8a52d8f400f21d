/**
 * Tests of the JSON view.
 */
package io.strowger.codecs.json;

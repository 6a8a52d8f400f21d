/**
 * Tests of the framing of HTTP requests.
 */
package io.strowger.codecs.http;

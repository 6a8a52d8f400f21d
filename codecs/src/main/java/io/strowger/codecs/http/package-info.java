/**
 * HTTP requests in a stream of bytes: where each ends, and what it holds. No sockets, no answers: that is the gateway's.
 *
 * <p>One thread each, that of the connection; no allocation once the longest request has been met.
 */
package io.strowger.codecs.http;

/**
 * The gate between untrusted bytes and the router: what passes here can be read by every flyweight without a look at its lengths.
 *
 * <p>Hot path: no allocation, no locks, no exceptions as flow.
 */
package io.strowger.codecs.admission;

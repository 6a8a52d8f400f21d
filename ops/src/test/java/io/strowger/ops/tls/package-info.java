/**
 * TLS of what listens, and what is said when there is none.
 */
package io.strowger.ops.tls;

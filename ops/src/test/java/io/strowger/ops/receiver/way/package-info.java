/** Tests of the way of what comes over HTTP into the router. */
package io.strowger.ops.receiver.way;

/** Tests of sources that come over HTTP, over real sockets. */
package io.strowger.ops.receiver;

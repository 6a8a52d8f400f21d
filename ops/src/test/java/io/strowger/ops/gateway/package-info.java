/** The gateway as an application sees it, over real sockets. */
package io.strowger.ops.gateway;

/** Tests of the server's log. */
package io.strowger.ops.log;

/** Tests of what streams share. */
package io.strowger.ops.gateway.stream;

/** Tests of asks for actions, below the protocols that they come by. */
package io.strowger.ops.gateway.action;

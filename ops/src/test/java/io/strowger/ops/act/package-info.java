/** The command that asks for actions, against a gateway that a test plays. */
package io.strowger.ops.act;

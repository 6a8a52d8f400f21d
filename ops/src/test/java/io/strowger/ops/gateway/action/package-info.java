/**
 * Tests of how actions are asked for and answered.
 */
package io.strowger.ops.gateway.action;

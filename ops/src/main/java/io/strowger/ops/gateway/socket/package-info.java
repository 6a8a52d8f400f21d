/**
 * Applications on WebSockets: several streams, each with its own credit, and actions.
 */
package io.strowger.ops.gateway.socket;

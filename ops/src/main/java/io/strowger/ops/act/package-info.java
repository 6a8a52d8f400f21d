/**
 * Asks a running router for an action, over its HTTP gateway.
 */
package io.strowger.ops.act;

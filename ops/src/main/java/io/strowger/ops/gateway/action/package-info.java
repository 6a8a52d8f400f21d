/**
 * Actions that applications ask for, and what becomes of them.
 */
package io.strowger.ops.gateway.action;

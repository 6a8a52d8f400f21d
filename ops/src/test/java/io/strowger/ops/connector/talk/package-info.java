/**
 * What is said with a call router, without one.
 */
package io.strowger.ops.connector.talk;

/**
 * Journal and router put together, with real facts.
 */
package io.strowger.ops.node;

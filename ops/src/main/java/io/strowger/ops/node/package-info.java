/**
 * Journal and router put together: the one place where ops composes them.
 */
package io.strowger.ops.node;

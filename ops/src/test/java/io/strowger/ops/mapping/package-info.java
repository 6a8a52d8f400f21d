/**
 * What the mapping guide says is what happens.
 */
package io.strowger.ops.mapping;

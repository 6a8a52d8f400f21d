/**
 * The journal as programs in other languages read it.
 */
package io.strowger.ops.format;

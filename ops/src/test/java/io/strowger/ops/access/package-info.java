/** Who is let in, and for how long. */
package io.strowger.ops.access;

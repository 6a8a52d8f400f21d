/** Real captures, mangled: what a true list of the source makes of it. */
package io.strowger.ops.resync;

/** A server that is killed while calls flood in. */
package io.strowger.ops.outage;

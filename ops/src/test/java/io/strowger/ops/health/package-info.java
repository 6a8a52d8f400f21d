/** Tests of whether the server says in time that it can't do its work. */
package io.strowger.ops.health;

/**
 * What on this machine will hurt a router, and the one-line cure of each. Looks only; changes nothing.
 */
package io.strowger.ops.doctor;

/**
 * Real Asterisk captures held against what the router says of them: the rules of the project's capture check, in one JVM.
 */
package io.strowger.ops.captures;

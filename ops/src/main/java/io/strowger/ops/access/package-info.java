/**
 * Who may come in, and for what: credentials of applications, known by the hash of a token alone, and the gate that holds floods off.
 */
package io.strowger.ops.access;

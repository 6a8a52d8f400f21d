/**
 * The journal under clock steps, crashes, damage and repair.
 */
package io.strowger.persistence;

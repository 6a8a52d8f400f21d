/**
 * How a job speaks with the person who started it: where it prints, and how it says that something went wrong.
 */
package io.strowger.ops.console;

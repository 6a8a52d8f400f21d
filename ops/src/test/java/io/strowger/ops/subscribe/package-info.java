/**
 * What an application makes of its stream: real facts, the real core, the real journal.
 */
package io.strowger.ops.subscribe;

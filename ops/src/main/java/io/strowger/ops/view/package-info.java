/**
 * Events, records and states as people and programs read them.
 */
package io.strowger.ops.view;

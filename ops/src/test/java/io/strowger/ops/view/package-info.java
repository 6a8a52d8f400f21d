/**
 * Events as people read them.
 */
package io.strowger.ops.view;

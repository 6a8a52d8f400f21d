/**
 * The demo.
 */
package io.strowger.ops.demo;

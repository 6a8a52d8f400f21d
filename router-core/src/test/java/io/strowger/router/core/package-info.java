/**
 * Tests of the fold: signals in, events and state out.
 */
package io.strowger.router.core;

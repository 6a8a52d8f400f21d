/**
 * Tests of applications over SBE.
 */
package io.strowger.ops.wire.application;

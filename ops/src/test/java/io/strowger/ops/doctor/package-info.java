/**
 * The doctor, on made-up machines.
 */
package io.strowger.ops.doctor;

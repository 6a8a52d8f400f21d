/**
 * The benchmarks: one entry for all of them, run by {@code ops/strowger bench}.
 *
 * <p>Units are measured by JMH, whole pipelines by an own rig with their yardsticks beside them in the same run. Nothing depends on this
 * module.
 */
package io.strowger.bench;

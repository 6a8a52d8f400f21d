/**
 * The router's own counters, and how long events take, as Prometheus metrics. The core writes plain numbers; everything else happens when
 * somebody looks.
 */
package io.strowger.ops.metrics;

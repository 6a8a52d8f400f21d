/**
 * Charts of saved results, as SVG and PNG, without a display: waits over percentiles from {@code *.curves.jsonl}, bars with their spread
 * from {@code *.jsonl}.
 */
package io.strowger.bench.plot;

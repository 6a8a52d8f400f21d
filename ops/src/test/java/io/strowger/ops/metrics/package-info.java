/** What is scraped of a router. */
package io.strowger.ops.metrics;

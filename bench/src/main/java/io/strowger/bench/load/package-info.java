/**
 * The payloads of every benchmark: real captures, the facts in them, and traffic of any number of live sessions made of those facts.
 *
 * <p>Made outside of every measured window, with one seed, and the same bytes for all who are compared.
 */
package io.strowger.bench.load;

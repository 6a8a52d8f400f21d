/**
 * What a benchmark says: spreads, result lines, and the folder they are kept in together with the environment they hold for.
 */
package io.strowger.bench.result;

/**
 * Everything a person runs. This package holds the one {@code main}; the only one that ends the JVM.
 */
package io.strowger.ops;

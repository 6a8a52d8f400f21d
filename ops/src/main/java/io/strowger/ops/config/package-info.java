/**
 * The configuration of the server as values: what each part of it holds, and what it is where nothing is said. How it stands in a file is
 * in {@link io.strowger.ops.config.file}.
 */
package io.strowger.ops.config;

/**
 * Reads the configuration of the server: one YAML file, checked against its schema ({@code server.schema.json}) before anything starts.
 * What is wrong is said with line and key, all of it at once.
 */
package io.strowger.ops.config.file;

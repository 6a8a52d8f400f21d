/**
 * What is said to, and read from, whoever comes: problems, JSON.
 */
package io.strowger.ops.gateway.web;

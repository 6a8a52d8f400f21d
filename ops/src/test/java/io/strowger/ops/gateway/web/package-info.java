/**
 * Tests of what is below the gateways.
 */
package io.strowger.ops.gateway.web;

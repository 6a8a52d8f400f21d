/** Webhooks against an endpoint that a test plays. */
package io.strowger.ops.webhook;

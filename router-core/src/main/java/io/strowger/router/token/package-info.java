/**
 * Positions as a tenant sees them: opaque, the same for the same event, of no use to another tenant.
 */
package io.strowger.router.token;

package io.strowger.ops.access;

import io.strowger.router.action.ActionGrant;

/**
 * What a token stands for.
 *
 * @param id       of the application, its client id.
 * @param tenant   whose it is.
 * @param read     of whom it sees events; null: nothing.
 * @param act      what it may ask for; null: nothing.
 * @param operates whether it sees counters and health.
 * @param limits   of its load.
 */
public record Credential(String id, int tenant, ReadGrant read, ActionGrant act, boolean operates, CredentialLimits limits) {
    /** Tenant and id: what its load is counted by, also while its tokens change. */
    public String name() {
        return tenant + "/" + id;
    }
}

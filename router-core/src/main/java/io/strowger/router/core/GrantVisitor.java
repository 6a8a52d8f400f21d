package io.strowger.router.core;

/**
 * Is shown what clients may ask for.
 */
@FunctionalInterface
public interface GrantVisitor {
    /**
     * Shows one.
     *
     * @param actions a bit for each kind.
     * @param users   whom it may act for: names split by commas.
     * @param groups  which groups, likewise.
     */
    void onGrant(int tenant, String clientId, int actions, String users, String groups);
}

package io.strowger.ops.popup;

import io.strowger.ops.access.ReadGrant;

/**
 * What some users of a tenant are shown who are called.
 *
 * @param tenant   whose users.
 * @param users    which: the patterns of a grant.
 * @param template of the address.
 */
public record PopUp(int tenant, ReadGrant users, PopUpTemplate template) {
    /**
     * One by its configuration.
     *
     * @param users exact names, or a beginning with {@code *} behind it, split by commas.
     * @param url   with placeholders.
     * @throws IllegalArgumentException that says what is wrong with the address.
     */
    public static PopUp of(final int tenant, final String users, final String url) {
        return new PopUp(tenant, new ReadGrant(users, ""), new PopUpTemplate(url));
    }

    /** Whether it is for this user. */
    boolean isFor(final int itsTenant, final String user) {
        return tenant == itsTenant && users.allowsUser(user);
    }
}

package io.strowger.ops.config;

/**
 * The address that is shown to a user who is called.
 *
 * @param tenant whose users.
 * @param users  exact names, or a beginning with {@code *} behind it, split by commas.
 * @param url    with placeholders in braces.
 */
public record PopUpConfig(Integer tenant, String users, String url) {
    /** Fills in what is not said. */
    public PopUpConfig {
        users = null == users ? "*" : users;
    }
}

package io.strowger.ops.config;

/**
 * Of whom an application sees events: names split by commas, each exact or a beginning with {@code *} behind it.
 *
 * @param users  whose sessions; all where nothing is said.
 * @param groups which groups; all where nothing is said.
 */
public record ReadConfig(String users, String groups) {
    private static final String ALL = "*";

    /** Fills in what is not said. */
    public ReadConfig {
        users = null == users ? ALL : users;
        groups = null == groups ? ALL : groups;
    }
}

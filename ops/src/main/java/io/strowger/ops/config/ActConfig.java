package io.strowger.ops.config;

import java.util.List;

/**
 * What an application may ask for.
 *
 * @param actions by name, as {@code hang-up}; all where nothing is said.
 * @param users   for whom, as in {@link ReadConfig}.
 * @param groups  on which groups.
 */
public record ActConfig(List<String> actions, String users, String groups) {
    private static final String ALL = "*";

    /** Fills in what is not said. */
    public ActConfig {
        actions = null == actions ? null : List.copyOf(actions);
        users = null == users ? ALL : users;
        groups = null == groups ? ALL : groups;
    }
}

package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionKind;
import java.nio.charset.StandardCharsets;

/**
 * What a credential lets a client ask for. Nothing a client says changes it.
 *
 * <p>Users and groups are names split by commas, each exact or a beginning with {@code *} behind it; {@code *} alone is all, empty none.
 *
 * @param clientId  of the client, 1 to 64 bytes in UTF-8; the same one in another tenant is another client.
 * @param tenant    of the client, of its actions and of what they are about.
 * @param actions   the actions: bit 0 for {@link ActionKind#GENERATE_CALL}, and so on.
 * @param users     whom it may act for, 0 to 512 bytes in UTF-8.
 * @param groups    which groups it may act on, 0 to 512 bytes in UTF-8.
 * @param window    most asks of a handle that wait for their end at a time, 1 to 4,096; it takes about 1.2 KiB for each.
 * @param timeoutMs deadline of an action that names none, in milliseconds from when it is asked for, from 1; of a fax {@link #FAX_TIMEOUTS}
 *                  times that.
 */
public record ActionGrant(String clientId, int tenant, int actions, String users, String groups, int window, long timeoutMs) {
    /** Longest client id and longest key in bytes. */
    public static final int MAX_NAME_LENGTH = 64;

    /** Every action. */
    public static final int ALL_ACTIONS = (1 << 14) - 1;

    /** Every user, or every group. */
    public static final String EVERY = "*";

    /** Window where nothing else is said. */
    public static final int WINDOW_DEFAULT = 256;

    /** Deadline where nothing else is said. */
    public static final long TIMEOUT_MS_DEFAULT = 30_000;

    /** So many times the deadline of another action is that of a fax: by default ten minutes. */
    public static final int FAX_TIMEOUTS = 20;

    /** Longest deadline, 365 days: no action waits longer. */
    public static final long LONGEST_TIMEOUT_MS = 365L * 24 * 3_600 * 1_000;

    private static final int GREATEST_WINDOW = 4096;
    private static final int MAX_PATTERNS_LENGTH = SignalLayout.MAX_TEXT_LENGTH / 2;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a value is out of its range.
     */
    public ActionGrant {
        final int length = bytes(clientId, "clientId");
        check(length > 0 && length <= MAX_NAME_LENGTH, "clientId", clientId);
        check(0 == (actions & ~ALL_ACTIONS), "actions", actions);
        check(bytes(users, "users") <= MAX_PATTERNS_LENGTH, "users", users);
        check(bytes(groups, "groups") <= MAX_PATTERNS_LENGTH, "groups", groups);
        check(window > 0 && window <= GREATEST_WINDOW, "window", window);
        check(timeoutMs > 0 && timeoutMs <= LONGEST_TIMEOUT_MS, "timeoutMs", timeoutMs);
    }

    /** Everything within a tenant. */
    public static ActionGrant of(final String clientId, final int tenant) {
        return new ActionGrant(clientId, tenant, ALL_ACTIONS, EVERY, EVERY, WINDOW_DEFAULT, TIMEOUT_MS_DEFAULT);
    }

    /** The same for these actions alone. */
    public ActionGrant withActions(final ActionKind... kinds) {
        int set = 0;
        for (final ActionKind kind : kinds) {
            set |= 1 << kind.value();
        }
        return new ActionGrant(clientId, tenant, set, users, groups, window, timeoutMs);
    }

    /** The same for these users alone. */
    public ActionGrant withUsers(final String patterns) {
        return new ActionGrant(clientId, tenant, actions, patterns, groups, window, timeoutMs);
    }

    /** The same for these groups alone. */
    public ActionGrant withGroups(final String patterns) {
        return new ActionGrant(clientId, tenant, actions, users, patterns, window, timeoutMs);
    }

    /** The same with another window. */
    public ActionGrant withWindow(final int most) {
        return new ActionGrant(clientId, tenant, actions, users, groups, most, timeoutMs);
    }

    /** The same with another deadline for actions that name none. */
    public ActionGrant withTimeoutMs(final long milliseconds) {
        return new ActionGrant(clientId, tenant, actions, users, groups, window, milliseconds);
    }

    private static int bytes(final String text, final String name) {
        check(null != text, name, text);
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void check(final boolean isRight, final String name, final Object value) {
        if (!isRight) {
            throw new IllegalArgumentException(name + " is out of its range: " + value);
        }
    }
}

package io.strowger.ops.config;

import java.util.List;

/**
 * An application that may come.
 *
 * @param id      its name, 1 to 64 bytes in UTF-8: the client id of its actions.
 * @param tenant  whose it is: it sees and does nothing of any other.
 * @param tokens  what it may show: more than one while they are changed.
 * @param read    of whom it sees events; null: nothing.
 * @param act     what it may ask for; null: nothing.
 * @param operate whether it sees the server's own counters and health.
 * @param limits  of its load.
 */
public record ApplicationConfig(String id, Integer tenant, List<TokenConfig> tokens, ReadConfig read, ActConfig act, Boolean operate,
                                LimitsConfig limits) {
    /** Fills in what is not said. */
    public ApplicationConfig {
        tenant = null == tenant ? 1 : tenant;
        tokens = null == tokens ? List.of() : List.copyOf(tokens);
        operate = null != operate && operate;
        limits = null == limits ? LimitsConfig.DEFAULT : limits;
    }

    /**
     * One that may do everything within tenant 1.
     *
     * @param token that it shows.
     */
    public static ApplicationConfig owner(final TokenConfig token) {
        return new ApplicationConfig("owner", null, List.of(token), new ReadConfig(null, null), new ActConfig(null, null, null), true,
            null);
    }
}

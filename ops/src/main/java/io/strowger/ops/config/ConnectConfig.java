package io.strowger.ops.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the server connects to a call router.
 *
 * @param address  host and port.
 * @param login    null where it asks for none.
 * @param commands whether actions go to it, on a connection of their own.
 * @param actions  how actions become commands, by the names in {@link io.strowger.ops.connector.ActionOptions}.
 * @param tls      null: plain.
 */
public record ConnectConfig(String address, LoginConfig login, Boolean commands, Map<String, String> actions, TlsConfig tls) {
    private static final char PORT = ':';

    /** Fills in what is not said. */
    public ConnectConfig {
        commands = null != commands && commands;
        actions = null == actions ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(actions));
    }

    /** Host of the address. */
    public String host() {
        final String host = address.substring(0, address.lastIndexOf(PORT));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Port of the address. */
    public int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(PORT) + 1));
    }
}

package io.strowger.ops.config;

import io.strowger.ops.connector.ConnectorDialect;

/**
 * A call router that the server connects to.
 *
 * @param name     of the source, of its tenant alone.
 * @param tenant   whose it is, from 0; 1 where nothing is said.
 * @param dialect  what it speaks.
 * @param address  host and port.
 * @param login    null where it asks for none.
 * @param commands whether actions go to it, on a connection of their own.
 * @param tls      null: plain.
 */
public record SourceConfig(String name, Integer tenant, ConnectorDialect dialect, String address, LoginConfig login, Boolean commands,
                           TlsConfig tls) {
    private static final char PORT = ':';

    /** Fills in what is not said. */
    public SourceConfig {
        tenant = null == tenant ? 1 : tenant;
        commands = null != commands && commands;
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

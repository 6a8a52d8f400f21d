package io.strowger.ops.config;

/**
 * Addresses that the server listens at.
 *
 * @param http        for applications: events, actions and status in JSON, and the console page.
 * @param sbe         for applications that speak SBE; null: none.
 * @param sources     for sources that speak signals; null: none.
 * @param sourcesHttp for action URLs of phones and posts of Kamailio; null: none.
 */
public record ListenConfig(ListenerConfig http, ListenerConfig sbe, ListenerConfig sources, ListenerConfig sourcesHttp) {
    /** This machine alone, and no sources that come. */
    static final ListenConfig DEFAULT = new ListenConfig(null, null, null, null);

    /** Fills in what is not said. */
    public ListenConfig {
        http = null == http ? ListenerConfig.loopback(ListenerConfig.HTTP_PORT_DEFAULT) : http;
    }

    /** The same with the gateway at another port. */
    ListenConfig withHttpPort(final int port) {
        return new ListenConfig(http.withPort(port), sbe, sources, sourcesHttp);
    }
}

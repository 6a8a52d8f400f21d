package io.strowger.ops.server;

import io.strowger.ops.config.ListenerConfig;

/**
 * A port that the server listens at. Immutable; any thread.
 *
 * @param who     comes to it: a word.
 * @param address with the scheme that is spoken: http, https, sbe, or sbe+tls.
 */
public record Listening(String who, String address) {
    /** One where HTTP is spoken. */
    static Listening http(final String who, final ListenerConfig at, final int port) {
        return of(who, null == at.tls() ? "http" : "https", at, port);
    }

    /** One where SBE is spoken. */
    static Listening sbe(final String who, final ListenerConfig at, final int port) {
        return of(who, null == at.tls() ? "sbe" : "sbe+tls", at, port);
    }

    private static Listening of(final String who, final String scheme, final ListenerConfig at, final int port) {
        // an address of IPv6 has colons of its own
        final String host = at.host().indexOf(':') < 0 ? at.host() : '[' + at.host() + ']';
        return new Listening(who, scheme + "://" + host + ':' + port);
    }
}

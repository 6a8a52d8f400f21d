package io.strowger.ops.gateway;

import io.strowger.ops.config.TlsConfig;
import io.strowger.ops.popup.PopUp;
import java.util.List;

/**
 * Where a gateway listens.
 *
 * @param host   address.
 * @param port   0 for one that is free.
 * @param tls    null: plain.
 * @param limits of what comes.
 * @param popUps what users are shown who are called; the first that is for one counts.
 */
public record GatewaySettings(String host, int port, TlsConfig tls, GatewayLimits limits, List<PopUp> popUps) {
    /** Keeps the list as it is now. */
    public GatewaySettings {
        popUps = List.copyOf(popUps);
    }

    /** Without pop-ups. */
    public GatewaySettings(final String host, final int port, final TlsConfig tls, final GatewayLimits limits) {
        this(host, port, tls, limits, List.of());
    }
}

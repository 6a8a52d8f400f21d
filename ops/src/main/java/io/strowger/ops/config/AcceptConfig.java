package io.strowger.ops.config;

import io.strowger.router.source.SourceGrant;
import java.util.List;

/**
 * How a source comes to the server.
 *
 * @param tokens      what it may show: more than one while they are changed.
 * @param certificate the name in the certificate that it may show; null: none.
 * @param coveredBy   name of the source of its tenant that speaks for its users while that one is up; null: none.
 * @param window      most signals that may be under way; 16 to 65,536.
 */
public record AcceptConfig(List<TokenConfig> tokens, String certificate, String coveredBy, Integer window) {
    /** Fills in what is not said. */
    public AcceptConfig {
        tokens = null == tokens ? List.of() : List.copyOf(tokens);
        window = null == window ? SourceGrant.WINDOW_DEFAULT : window;
    }
}

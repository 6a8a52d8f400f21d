package io.strowger.ops.wire.source;

import io.strowger.router.source.SourceGrant;
import java.util.Map;

/**
 * A source that may come, and what it must show: one of the tokens, or the certificate.
 *
 * @param grant       what it may be.
 * @param tokens      when each expires, in milliseconds since 1970, by the token's hash as {@link io.strowger.ops.access.Tokens#hash}
 *                    makes it.
 * @param certificate common name, or DNS name, in its certificate; null: no certificate stands for it.
 */
public record SourceAccount(SourceGrant grant, Map<String, Long> tokens, String certificate) {
    /** Keeps a copy. */
    public SourceAccount {
        tokens = Map.copyOf(tokens);
    }

    /** Tenant and name, of no other source. */
    String key() {
        return grant.tenant() + "/" + grant.name();
    }
}

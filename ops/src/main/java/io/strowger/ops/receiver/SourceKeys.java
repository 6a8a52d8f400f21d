package io.strowger.ops.receiver;

import io.strowger.ops.access.Credentials;
import java.util.Map;

/**
 * By what sources are known, all at a time.
 *
 * @param tokens       whose credentials have the name of the source as their id.
 * @param certificates common name of a certificate, and whose it is: tenant, a slash and the name of the source.
 */
public record SourceKeys(Credentials tokens, Map<String, String> certificates) {
    /** Keeps what is given. */
    public SourceKeys {
        certificates = Map.copyOf(certificates);
    }
}

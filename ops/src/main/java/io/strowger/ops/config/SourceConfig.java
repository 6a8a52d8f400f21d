package io.strowger.ops.config;

import io.strowger.ops.demo.DemoPbx;

/**
 * A call router, or a phone.
 *
 * @param name    of the source, of its tenant alone.
 * @param tenant  whose it is, from 0.
 * @param dialect what it speaks.
 * @param connect how the server connects to it; null when it does not.
 * @param accept  how it comes to the server; null when it does not.
 */
public record SourceConfig(String name, Integer tenant, SourceDialect dialect, ConnectConfig connect, AcceptConfig accept) {
    /** The bundled PBX. */
    public static SourceConfig demo() {
        return new SourceConfig(DemoPbx.NAME, DemoPbx.TENANT, SourceDialect.DEMO, null, null);
    }
}

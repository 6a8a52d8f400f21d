package io.strowger.ops.access;

import io.strowger.codecs.sbe.AuditKind;

/**
 * Is told what was done at the gates. Any thread.
 */
@FunctionalInterface
public interface Audit {
    /** Forgets it. */
    Audit NONE = (kind, who, address, text) -> { };

    /**
     * Something was done.
     *
     * @param who     did it; null when that is not known.
     * @param address of who did it; empty when it was the server itself.
     * @param text    for people; never a secret.
     */
    void note(AuditKind kind, Credential who, String address, String text);

    /**
     * Somebody was not let in, once or several times.
     *
     * @param address he came from; empty where it is not known.
     * @param count   how often, from 1.
     * @param why     for people; never a secret.
     */
    default void refused(final String address, final int count, final String why) {
        note(AuditKind.REFUSED, null, address, 1 == count ? why : why + ", " + count + " times");
    }
}

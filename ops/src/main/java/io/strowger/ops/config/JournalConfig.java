package io.strowger.ops.config;

import io.strowger.router.journal.Durability;

/**
 * The journal.
 *
 * @param directory  its folder; made when there is none.
 * @param durability what a source is acknowledged, and applications see: what survives the process, or the machine.
 * @param keep       how much of it; null for everything.
 */
public record JournalConfig(String directory, Durability durability, KeepConfig keep) {
    /** Fills in what is not said. */
    public JournalConfig {
        durability = null == durability ? Durability.ACCEPTED : durability;
    }

    /** A journal of which everything is kept, at the durability that is usual. */
    public static JournalConfig in(final String directory) {
        return new JournalConfig(directory, null, null);
    }
}

package io.strowger.ops.config;

import io.strowger.router.journal.Durability;

/**
 * The journal.
 *
 * @param directory  its folder; made when there is none.
 * @param durability what a source is acknowledged, and applications see: what survives the process, or the machine.
 */
public record JournalConfig(String directory, Durability durability) {
    /** Fills in what is not said. */
    public JournalConfig {
        durability = null == durability ? Durability.ACCEPTED : durability;
    }
}

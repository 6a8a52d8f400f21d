package io.strowger.router.journal;

/**
 * What a record in the journal has outlived. Each level holds all that the one before it does.
 */
public enum Durability {
    /** It is in the journal: it survives the process, however that ends, but not the machine. */
    ACCEPTED(io.strowger.codecs.sbe.Durability.ACCEPTED),
    /** It is on the disk, file and name: it survives the machine as well. */
    DURABLE(io.strowger.codecs.sbe.Durability.DURABLE);

    private final io.strowger.codecs.sbe.Durability said;

    Durability(final io.strowger.codecs.sbe.Durability said) {
        this.said = said;
    }

    /** How an acknowledgement says it. */
    public io.strowger.codecs.sbe.Durability said() {
        return said;
    }
}

package io.strowger.router;

/**
 * Which threads turn the router. Where it syncs its journal, one thread more does that, in every mode but the last.
 */
public enum ThreadingMode {
    /** One thread does everything: the best on two cores or fewer. */
    SHARED,
    /** One thread takes signals in, another folds, appends and dispatches. */
    SPLIT,
    /** No thread of the router's own: the caller turns it with {@link Router#poll()}, for deterministic runs. */
    INVOKER
}

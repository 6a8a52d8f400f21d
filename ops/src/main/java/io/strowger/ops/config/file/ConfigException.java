package io.strowger.ops.config.file;

import java.util.List;

/**
 * A configuration that can't be used.
 */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> complaints;

    ConfigException(final List<String> complaints) {
        super(String.join("; ", complaints));
        this.complaints = List.copyOf(complaints);
    }

    /** What is wrong, each as {@code FILE:LINE: KEY: REASON}, in the order of the lines. */
    public List<String> complaints() {
        return complaints;
    }
}

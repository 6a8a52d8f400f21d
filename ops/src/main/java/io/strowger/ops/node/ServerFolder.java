package io.strowger.ops.node;

import java.nio.file.Path;

/**
 * Where a server that was told nothing keeps its things, of the user who runs it.
 *
 * <pre>
 *   ~/.local/share/strowger/journal         its journal
 *   ~/.local/share/strowger/owner.token     the token of who may do everything with it, for its user's eyes only
 * </pre>
 */
public final class ServerFolder {
    private ServerFolder() {
    }

    /** The folder: {@code $STROWGER_HOME}, else as the XDG base directories say. */
    public static Path path() {
        final String own = System.getenv("STROWGER_HOME");
        if (null != own && !own.isEmpty()) {
            return Path.of(own);
        }
        final String data = System.getenv("XDG_DATA_HOME");
        final Path base = null != data && !data.isEmpty() ? Path.of(data) : Path.of(System.getProperty("user.home"), ".local", "share");
        return base.resolve("strowger");
    }

    /**
     * The token's file.
     *
     * @param folder as above.
     */
    public static Path token(final Path folder) {
        return folder.resolve("owner.token");
    }
}

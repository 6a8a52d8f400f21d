package io.strowger.ops.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the server logs in to a call router.
 *
 * @param user       null where there are only passwords.
 * @param secret     the password itself; better is:
 * @param secretFile a file that holds it, in its first line.
 */
public record LoginConfig(String user, String secret, String secretFile) {
    /**
     * The password.
     *
     * @throws IOException when its file can't be read.
     */
    public String password() throws IOException {
        return null != secret ? secret : Files.readString(Path.of(secretFile)).lines().findFirst().orElse("").strip();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LoginConfig[user=" + user + ", secretFile=" + secretFile + "]";
    }
}

package io.strowger.ops.config;

import java.time.Instant;

/**
 * A token of which only the hash is known here.
 *
 * @param sha256  of the token's bytes, 64 hexadecimal digits.
 * @param expires when it is worth nothing any more; null: never.
 */
public record TokenConfig(String sha256, Instant expires) {
}

package io.strowger.router.token;

/**
 * A text that is not a position token of the tenant who shows it.
 */
public final class TokenException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TokenException() {
        super("this is not a position that was given to this tenant");
    }
}

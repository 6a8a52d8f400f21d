package io.strowger.router.core;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Why an action fails at once, and what ends one that its source did not end. Their words are the texts of results: a contract with
 * applications, and part of the journal.
 */
enum ActionFailure {
    /** The client has no grant for the action, its user, its group, or the session's. */
    NOT_ALLOWED("not allowed"),
    /** No source of the tenant has an open session with this native id. */
    NO_SUCH_SESSION("no such session"),
    /** More than one has, and the action does not name its source. */
    AMBIGUOUS_SESSION("ambiguous session"),
    /** Nothing was ever said of the user. */
    NO_SUCH_USER("no such user"),
    /** Nothing was ever said of the group. */
    NO_SUCH_GROUP("no such group"),
    /** The tenant has no source of the name. */
    NO_SUCH_SOURCE("no such source"),
    /** What the kind of action is done to is not stated. */
    TARGET_MISSING("target is missing"),
    /** The owner is not connected, or has not told yet which epoch it is in. */
    SOURCE_DOWN("source is down"),
    /** The owner did not declare the capability. */
    SOURCE_CANNOT("source cannot do this"),
    /** As many as it may have are pending at the owner. */
    SOURCE_FULL("source has too many actions"),
    /** It has passed already when the action comes. */
    DEADLINE_PASSED("deadline has passed"),
    /** The source went down, or was found to have gone, while the action was pending: its outcome is unknown. */
    SOURCE_WENT_DOWN("source went down"),
    /** The deadline has passed while the action was pending. */
    NO_RESULT("no result before the deadline");

    /** Read only. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final UnsafeBuffer text;

    ActionFailure(final String words) {
        text = new UnsafeBuffer(words.getBytes(StandardCharsets.US_ASCII));
    }

    /** Its words. */
    UnsafeBuffer text() {
        return text;
    }
}

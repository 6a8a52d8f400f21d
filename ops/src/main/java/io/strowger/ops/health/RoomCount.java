package io.strowger.ops.health;

import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.router.Router;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.journal.JournalException;
import org.agrona.DirectBuffer;

/**
 * Counts the items of a router's status, a part at each call. One thread.
 */
final class RoomCount implements EventHandler {
    private static final int MOST_AT_ONCE = 100_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotItemDecoder item = new SnapshotItemDecoder();
    /** Null while nothing is asked. */
    private StatusReport asked;
    private long sessions;
    private long users;
    private long groups;
    private long memberships;
    private long sources;

    /** Whether it waits for an answer, or reads one. */
    boolean isCounting() {
        return null != asked;
    }

    /** Asks; does nothing where the router refuses. */
    void begin(final Router router) {
        sessions = 0;
        users = 0;
        groups = 0;
        memberships = 0;
        sources = 0;
        try {
            asked = router.ask(Filter.ofEveryTenant().withKind(Kind.SESSION).withKind(Kind.USER).withKind(Kind.GROUP)
                .withKind(Kind.SOURCE));
        } catch (final IllegalStateException | JournalException none) {
            asked = null;
        }
    }

    /**
     * Reads what has come.
     *
     * @return what was counted once that is all; null before, and when it was refused.
     */
    RoomTaken go() {
        try {
            if (!asked.isReady()) {
                return null;
            }
            if (asked.read(this, MOST_AT_ONCE) == MOST_AT_ONCE) {
                return null;
            }
        } catch (final StatusException refused) {
            end();
            return null;
        }
        end();
        return new RoomTaken(sessions, users, groups, memberships, sources);
    }

    /** Wants no more. */
    void end() {
        if (null != asked) {
            asked.close();
            asked = null;
        }
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        // a status holds items alone
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int offset, final int length) {
        item.wrapAndApplyHeader(buffer, offset, header);
        switch (item.kind()) {
            case SESSION -> sessions++;
            case USER -> users++;
            case GROUP -> countGroup();
            case SOURCE -> sources++;
            default -> {
                // not of a table that is counted
            }
        }
    }

    private void countGroup() {
        item.skipNativeId();
        item.skipCallId();
        if (0 == item.localUserLength()) {
            groups++;
        } else {
            memberships++;
        }
    }
}

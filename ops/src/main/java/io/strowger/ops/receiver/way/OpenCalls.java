package io.strowger.ops.receiver.way;

import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.router.Router;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.journal.JournalException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Reads of the router's status which calls of a phone are open, so that what the phone says next of them finds them: its own ids alone
 * don't say which of its calls is meant. On a worker.
 */
final class OpenCalls implements EventHandler {
    private static final System.Logger LOGGER = System.getLogger("io.strowger.ops.receiver");
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int AT_ONCE = 64;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotItemDecoder item = new SnapshotItemDecoder();
    private final String source;
    private final List<OpenCall> calls = new ArrayList<>();

    private OpenCalls(final String source) {
        this.source = source;
    }

    /**
     * Asks the router, and waits for its answer for a second at most.
     *
     * @param source name of the phone in the router.
     * @param user   whose phone it is.
     * @return the oldest first; none when the router can't say.
     */
    static List<OpenCall> of(final Router router, final int tenant, final String source, final String user) {
        final OpenCalls open = new OpenCalls(source);
        try (StatusReport report = router.ask(Filter.ofTenant(tenant).withUser(user).withKind(Kind.SESSION))) {
            final long beganNs = System.nanoTime();
            while (!report.isReady()) {
                if (System.nanoTime() - beganNs > PATIENCE_NS) {
                    throw new StatusException("no answer within a second");
                }
                LockSupport.parkNanos(LOOK_NS);
            }
            int read = AT_ONCE;
            while (AT_ONCE == read) {
                read = report.read(open, AT_ONCE);
            }
        } catch (final StatusException | JournalException unknown) {
            LOGGER.log(System.Logger.Level.WARNING,
                () -> source + ": its open calls are not known, what it says of them counts for nothing: " + unknown.getMessage());
            return List.of();
        }
        open.calls.sort(Comparator.comparingLong(OpenCall::beganNs));
        return open.calls;
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        // a status has none
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int offset, final int length) {
        item.wrapAndApplyHeader(buffer, offset, header);
        final long beganNs = item.sourceTime();
        final boolean isUp = 0 != item.since();
        final String nativeId = item.nativeId();
        item.skipCallId();
        item.skipLocalUser();
        final String remote = item.remoteParty();
        item.skipRemoteName();
        item.skipGroup();
        if (source.equals(item.sourceName())) {
            calls.add(new OpenCall(nativeId, remote, beganNs, isUp));
        }
    }
}

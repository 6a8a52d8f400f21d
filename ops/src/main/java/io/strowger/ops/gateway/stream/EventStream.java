package io.strowger.ops.gateway.stream;

import io.strowger.ops.access.Admitted;
import io.strowger.ops.gateway.web.Problem;
import io.strowger.router.dispatch.ConflatedHandler;
import io.strowger.router.dispatch.ConflatedSubscription;
import io.strowger.router.dispatch.EventHandler;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StrictSubscription;
import io.strowger.router.dispatch.Subscription;
import io.strowger.router.journal.PositionException;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.ReturnCode;
import org.agrona.DirectBuffer;

/**
 * One stream of events to one application: from its subscription into its sink, as long as that has room. On the gateway's loop.
 */
public final class EventStream implements Pumped, EventHandler, ConflatedHandler {
    private static final int LIMIT = 64;
    private static final int CONFLATED_CAPACITY = 10_000;

    private final Subscription subscription;
    private final ConflatedSubscription conflated;
    private final StrictSubscription strict;
    private final Admitted caller;
    private final EventLines lines;
    private final StreamSink sink;
    /** A status is read piece by piece, whatever the policy is of the events behind it. */
    private boolean isStatusPending;
    private long count;
    private boolean isOver;

    /**
     * A stream that has said nothing.
     *
     * @param subscription is this one's from now on.
     * @param request      that it was opened by.
     * @param caller       whose stream was taken; it is given back at the end.
     */
    EventStream(final Subscription subscription, final StreamRequest request, final Admitted caller, final EventLines lines,
                final StreamSink sink) {
        this.subscription = subscription;
        this.conflated = StreamPolicy.LATEST == request.policy() ? new ConflatedSubscription(subscription, CONFLATED_CAPACITY) : null;
        this.strict = StreamPolicy.STRICT == request.policy() ? new StrictSubscription(subscription) : null;
        this.isStatusPending = request.withStatus();
        this.caller = caller;
        this.lines = lines;
        this.sink = sink;
    }

    @Override
    public int turn() {
        if (isOver || !sink.isWritable()) {
            return 0;
        }
        try {
            final int code = poll();
            if (code >= 0) {
                return code;
            }
            end(ReturnCode.DISCONNECTED == code
                ? Problem.gone("fell behind: " + strict.unsent() + " events were not sent; go on behind the last that was")
                : Problem.unavailable("the router ends"));
        } catch (final PositionException e) {
            end(Problem.gone("what comes next is kept no longer: begin with start=status"));
        } catch (final StatusException e) {
            end(Problem.unavailable("no status now: " + e.getMessage()));
        }
        return 0;
    }

    @Override
    public boolean isLive() {
        return !isOver && !subscription.isLagging();
    }

    @Override
    public void check() {
        if (!isOver && !caller.isStill()) {
            end(Problem.unauthorized());
        }
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public void end(final Problem why) {
        if (!isOver) {
            close();
            sink.ended(why);
        }
    }

    /** Says no more: the application has gone, or wants it. */
    public void close() {
        if (!isOver) {
            isOver = true;
            caller.giveStreamBack();
            subscription.close();
        }
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int record) {
        onLatest(buffer, record, 0);
    }

    @Override
    public void onLatest(final DirectBuffer buffer, final int record, final long folded) {
        if (lines.allows(caller.credential().read(), buffer, record)) {
            count++;
            final String id = token(RecordLayout.sequence(buffer, record));
            sink.event(id, lines.event(id, count, folded, buffer, record));
        }
    }

    @Override
    public void onSnapshotBegin(final long position) {
        sink.statusBegins(token(position));
    }

    @Override
    public void onSnapshotItem(final DirectBuffer buffer, final int item, final int length) {
        if (lines.allowsItem(caller.credential().read(), buffer, item)) {
            sink.statusItem(lines.item(buffer, item));
        }
    }

    @Override
    public void onSnapshotEnd(final long position) {
        isStatusPending = false;
        sink.statusEnds(token(position));
    }

    private int poll() {
        final int limit = Math.min(LIMIT, sink.room());
        if (null != conflated && !isStatusPending) {
            return conflated.poll(this, limit);
        }
        if (null != strict && !isStatusPending) {
            return strict.poll(this, limit);
        }
        final int code = subscription.poll(this, limit);
        return ReturnCode.NEEDS_CATCH_UP == code ? subscription.catchUp(this, limit) : code;
    }

    private String token(final long sequence) {
        return lines.token(sequence, caller.credential().tenant());
    }
}

package io.strowger.ops.health;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.router.Router;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordCursor;
import io.strowger.router.record.RecordLayout;
import io.strowger.router.status.RouterCounter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;

/**
 * Counts the signals that the core has refused because one of its tables was full, by their kind.
 *
 * <p>The tap is the core thread's: of a block that holds no refusal it looks at one counter, and it allocates nothing. Anybody reads.
 */
final class RefusedForRoom implements Tap {
    private static final int TEMPLATES = 256;

    private final Router router;
    private final AtomicLongArray counts = new AtomicLongArray(TEMPLATES);
    private final List<TemplateDescriptor> templates = SignalCatalog.current().templates();
    private final RecordCursor records = new RecordCursor();
    /** How many refusals of the core have been seen, of those that its counter tells. */
    private long seen;

    /** Counts from now on, once it is a tap of the router. */
    RefusedForRoom(final Router router) {
        this.router = router;
        this.seen = router.counters().get(RouterCounter.REFUSED);
    }

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        // what is refused has no event
    }

    @Override
    public void onBlock(final DirectBuffer block, final int offset, final int length) {
        // the counter is ahead of the blocks, never behind them
        if (router.counters().get(RouterCounter.REFUSED) == seen) {
            return;
        }
        records.wrap(block, offset);
        while (records.next()) {
            final int record = records.record();
            if (Outcome.REJECTED.code() == RecordLayout.outcome(block, record)) {
                count(SignalLayout.templateId(block, record + RecordLayout.SIGNAL_OFFSET), RecordLayout.reason(block, record));
            }
        }
    }

    private void count(final int template, final int reason) {
        if (SourceRejectDecoder.TEMPLATE_ID == template) {
            return;
        }
        seen++;
        if (RejectReason.CAPACITY.value() == reason) {
            final int at = Math.min(template, TEMPLATES - 1);
            counts.setOpaque(at, counts.getPlain(at) + 1);
        }
    }

    /** How many there were. */
    long total() {
        return IntStream.range(0, TEMPLATES).mapToLong(counts::getOpaque).sum();
    }

    /** Which kinds of signals, the most first: {@code 3 LegSeen, 1 SourceHello}. */
    String words() {
        return templates.stream().filter(one -> of(one) > 0)
            .sorted(Comparator.comparingLong(this::of).reversed())
            .map(one -> of(one) + " " + one.name()).collect(Collectors.joining(", "));
    }

    private long of(final TemplateDescriptor template) {
        return template.id() < TEMPLATES ? counts.getOpaque(template.id()) : 0;
    }
}

package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.HangUpEncoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.NullJournal;
import io.strowger.router.journal.Durability;
import io.strowger.router.pipeline.Channel;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * From the ask through the core to the outlet, and from the result back to who has asked, an action costs no byte of heap.
 */
class ActionAllocationTest {
    private static final int WINDOWS = 4;
    /** As many as it takes until the JIT compiler is through: what allocates for itself does so in each. */
    private static final int MOST_WINDOWS = 16;
    private static final int WARM_UP = 200_000;
    private static final int MEASURED = 50_000;
    private static final String LEG = "1795624246.41";
    private static final long KEEP_MS = 1_000;
    private static final long STEP_NS = 5_000_000;
    private static final int RESULT_ACTION = SignalLayout.HEADER_LENGTH + ActionResultEncoder.actionEncodingOffset();

    private final UnsafeBuffer action = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
    private final UnsafeBuffer sent = DeskRig.result(0, ActionStatus.SENT, "", "");
    private final UnsafeBuffer done = DeskRig.result(0, ActionStatus.DONE, LEG, "so it is");
    private final ActionHandler actionHandler = this::onAction;
    private final ActionAnswerHandler answerHandler = this::onAnswer;
    private long nowNs = 1_795_624_150_000_000_000L;
    private Channel results;
    private long asked;
    private long brought;
    private long answers;
    private long ends;

    @Test
    void shouldAllocateNothingFromTheAskToTheOutletAndBack() {
        measure(context());
    }

    @Test
    void shouldAllocateNothingWhenActionsWaitForTheDisk() {
        measure(context().durability(Durability.DURABLE).visibility(Durability.DURABLE));
    }

    private RouterContext context() {
        return new RouterContext().journal(new NullJournal()).threadingMode(ThreadingMode.INVOKER).epochNanoClock(() -> nowNs)
            .actionKeepMs(KEEP_MS);
    }

    private void measure(final RouterContext context) {
        try (Router router = Router.launch(context)) {
            final Pbx pbx = new Pbx("pbx-1", 1, () -> nowNs).connect(router).leg(LEG, "101");
            final ActionClient client = router.openActions(ActionGrant.of("crm", 1));
            final int source = router.sourceNumber(1, "pbx-1");
            results = router.openChannel();
            sent.putInt(SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
            done.putInt(SignalLayout.SOURCE_OFFSET, source, ByteOrder.LITTLE_ENDIAN);
            final ActionOutlet outlet = router.openOutlet(source);
            final int length = encode();
            assertEquals(0, pbx.commands.size());
            run(router, client, outlet, length, WARM_UP);
            final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS || (window < MOST_WINDOWS && least > 0); window++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                run(router, client, outlet, length, MEASURED);
                // what the JIT compiler allocates once, while it replaces code, is not in each of them
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for " + MEASURED + " actions");
            assertEquals(asked, ends + client.pending());
            assertTrue(brought > asked / 2 && answers > 2 * ends, brought + " of " + asked + ", " + answers + " answers");
        }
    }

    private void run(final Router router, final ActionClient client, final ActionOutlet outlet, final int length, final int count) {
        for (int i = 0; i < count; i++) {
            // now and then the key of the action before
            if (0 != (i & 7)) {
                action.putLong(keyOffset(), asked, ByteOrder.LITTLE_ENDIAN);
            }
            if (client.ask(action, 0, length) < 0) {
                throw new AssertionError("not taken: " + asked);
            }
            asked++;
            nowNs += STEP_NS;
            router.poll();
            outlet.poll(actionHandler, 16);
            router.poll();
            client.poll(answerHandler, 16);
        }
    }

    private boolean onAction(final long number, final DirectBuffer signal, final int offset, final int length) {
        brought++;
        sent.putLong(RESULT_ACTION, number, ByteOrder.LITTLE_ENDIAN);
        done.putLong(RESULT_ACTION, number, ByteOrder.LITTLE_ENDIAN);
        return results.offer(sent, 0, sent.capacity()) > 0 && results.offer(done, 0, done.capacity()) > 0;
    }

    private void onAnswer(final ActionAnswer answer) {
        answers++;
        ends += answer.isFinal() ? 1 : 0;
    }

    private int encode() {
        final HangUpEncoder hangUp = new HangUpEncoder();
        hangUp.wrapAndApplyHeader(action, 0, new MessageHeaderEncoder()).deadline(0).causeCode((short)16);
        hangUp.nativeId(LEG).clientId("").key("12345678").user("").sourceName("");
        return MessageHeaderEncoder.ENCODED_LENGTH + hangUp.encodedLength();
    }

    private static int keyOffset() {
        return SignalLayout.HEADER_LENGTH + HangUpEncoder.BLOCK_LENGTH + Short.BYTES + LEG.length() + Short.BYTES + Short.BYTES;
    }
}

package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionResultEncoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.router.dispatch.CoreCommands;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.status.ReturnCode;
import io.strowger.router.status.RouterCounters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A desk with a toy in place of the core, on one thread: signals wait until they are folded, blocks until they are shown.
 */
final class DeskRig implements CoreCommands {
    static final long NOW_NS = 1_795_624_150_000_000_000L;

    final RouterCounters counters = new RouterCounters();
    final BlockWriter out = new BlockWriter(64 * 1024);
    final ToyActions fold = new ToyActions(out);
    final ActionDesk desk;
    final ActionPort port;
    final List<UnsafeBuffer> asked = new ArrayList<>();
    final List<UnsafeBuffer> grants = new ArrayList<>();
    /** Clock of the outlets. */
    long nowNs = NOW_NS;
    boolean isClosed;
    boolean isFull;
    /** Answer to each grant. */
    int refusal;

    private final Queue<UnsafeBuffer> folding = new ArrayDeque<>();
    private final Queue<UnsafeBuffer> hidden = new ArrayDeque<>();

    DeskRig() {
        this(false);
    }

    DeskRig(final boolean isBehind) {
        desk = new ActionDesk(fold, ToyActions.SOURCE, counters, isBehind);
        port = new ActionPort(desk, this::grant, this, () -> NOW_NS, () -> nowNs, ToyActions.SOURCE);
    }

    ActionClient client(final ActionGrant grant) {
        return port.openClient(grant, Way::new);
    }

    private int grant(final DirectBuffer grant, final int offset, final int length) {
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[length]);
        signal.putBytes(0, grant, offset, length);
        grants.add(signal);
        return refusal;
    }

    ActionClient client(final String clientId) {
        return client(ActionGrant.of(clientId, 1));
    }

    ActionOutlet outlet() {
        return port.openOutlet(ToyActions.SOURCE);
    }

    /** Folds what was asked, ends what was not taken, and shows it. */
    void turn() {
        fold();
        show();
    }

    void fold() {
        while (desk.hasUntaken()) {
            desk.failUntaken(1);
        }
        while (!folding.isEmpty()) {
            final UnsafeBuffer signal = folding.poll();
            fold.apply(signal, 0, signal.capacity(), 1);
        }
        finish();
    }

    /** A source says what became of an action. */
    void say(final long action, final ActionStatus status, final String nativeId, final String text) {
        folding.add(result(action, status, nativeId, text));
    }

    void down() {
        final UnsafeBuffer signal = result(0, ActionStatus.UNKNOWN, "", "");
        signal.putByte(SignalLayout.TEMPLATE_ID_OFFSET, (byte)8);
        fold.down(signal, signal.capacity());
        finish();
    }

    void show() {
        while (!hidden.isEmpty()) {
            desk.onBlock(hidden.poll(), 0);
        }
    }

    private void finish() {
        if (!out.isEmpty()) {
            final int length = out.finish();
            final UnsafeBuffer block = new UnsafeBuffer(new byte[length]);
            block.putBytes(0, out.buffer(), 0, length);
            hidden.add(block);
            out.reset();
            desk.beforeShown();
        }
    }

    static UnsafeBuffer result(final long action, final ActionStatus status, final String nativeId, final String text) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
        final ActionResultEncoder result = new ActionResultEncoder();
        result.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sourceSequence(ActionResultEncoder.sourceSequenceNullValue()).sourceTime(NOW_NS).source(ToyActions.SOURCE).tenant(1)
            .action(action).status(status);
        result.nativeId(nativeId).clientId("").key("").text(text);
        return new UnsafeBuffer(buffer.byteArray(), 0, MessageHeaderEncoder.ENCODED_LENGTH + result.encodedLength());
    }

    /** Whatever the client has to be told, as lines: number of the ask, key, status, native id, text. */
    static List<String> poll(final ActionClient client) {
        final List<String> lines = new ArrayList<>();
        while (client.poll(answer -> lines.add((answer.ask() + " " + answer.key() + " " + answer.status() + " " + answer.nativeId() + " "
            + answer.text()).strip()), 16) > 0) {
            // as many as there are
        }
        return lines;
    }

    /** Sequences of the actions that wait in the outlet. */
    static List<Long> poll(final ActionOutlet outlet) {
        final List<Long> actions = new ArrayList<>();
        while (outlet.poll((action, signal, offset, length) -> actions.add(action), 16) > 0) {
            // as many as there are
        }
        return actions;
    }

    @Override
    public boolean offer(final Runnable command) {
        if (isFull) {
            return false;
        }
        command.run();
        return true;
    }

    @Override
    public void call(final Runnable command) {
        command.run();
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public boolean hasFailed() {
        return false;
    }

    /** What a handle sends. */
    private final class Way implements ActionWay {
        private final ActionAdmission admission;

        Way(final ActionAdmission admission) {
            this.admission = admission;
        }

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length) {
            final UnsafeBuffer signal = new UnsafeBuffer(new byte[length]);
            signal.putBytes(0, buffer, offset, Math.min(length, buffer.capacity()));
            final int reason = admission.check(signal, 0, length);
            if (0 != reason) {
                return ReturnCode.rejected(reason);
            }
            asked.add(signal);
            folding.add(signal);
            return 1;
        }

        @Override
        public void close() {
            // what was taken goes its way
        }
    }
}

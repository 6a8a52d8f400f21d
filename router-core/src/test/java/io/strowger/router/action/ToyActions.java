package io.strowger.router.action;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.EventEncoder;
import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.core.ActionView;
import io.strowger.router.core.ActionViews;
import io.strowger.router.core.TickLimits;
import io.strowger.router.record.BlockWriter;
import io.strowger.router.record.EventKeys;
import io.strowger.router.record.Outcome;
import io.strowger.router.replay.Fold;
import io.strowger.router.state.StateInput;
import io.strowger.router.state.StateOutput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * As much of the core as the desk sees, in the plainest way: every action belongs to one source, but those of nobody, which fail at once,
 * and those that it has no room for.
 */
final class ToyActions implements Fold {
    static final int SOURCE = 3;
    static final String NOBODY = "nobody";
    static final String TOO_MANY = "one too many";

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<Long, Known> bySequence = new LinkedHashMap<>();
    private final SignalTexts texts = new SignalTexts();
    private final BlockWriter out;
    private int failures;
    private long goneUpTo;
    private long goneCount;
    private long passedNs = Long.MIN_VALUE;

    ToyActions(final BlockWriter out) {
        this.out = out;
    }

    /** How an action stands. */
    int status(final long action) {
        return bySequence.get(action).status.value();
    }

    /** How often the desk has had an action fail. */
    int failures() {
        return failures;
    }

    /** Forgets what has ended. */
    void forgetEnded() {
        known.values().removeIf(one -> 0 != one.end);
        bySequence.values().removeIf(one -> 0 != one.end);
    }

    /** A source is gone: its actions end in the record of another signal, and behind that. */
    void down(final DirectBuffer signal, final int length) {
        out.beginInput(signal, 0, length, 1);
        boolean isAny = false;
        goneUpTo = out.sequence();
        goneCount++;
        for (final Known one : bySequence.values()) {
            if (0 == one.end) {
                isAny = true;
                end(one, ActionStatus.UNKNOWN, "", "source went down");
            }
        }
        out.endInput(isAny ? Outcome.APPLIED : Outcome.NO_CHANGE);
    }

    @Override
    public int apply(final DirectBuffer signal, final int offset, final int length, final long journalTimeNs) {
        final long sequence = out.beginInput(signal, offset, length, journalTimeNs);
        final int template = SignalLayout.templateId(signal, offset);
        if (ActionResultDecoder.TEMPLATE_ID == template) {
            out.endInput(result(new ActionResultDecoder().wrapAndApplyHeader(signal, offset, new MessageHeaderDecoder())));
            return 0;
        }
        final int client = ActionTemplates.clientText(template);
        texts.wrap(signal, offset, client + 3);
        final String name = SignalLayout.tenant(signal, offset) + "/" + text(signal, client) + "/" + text(signal, client + 1);
        if (known.containsKey(name)) {
            out.endInput(Outcome.DUPLICATE);
            return 0;
        }
        final String user = text(signal, client + 2);
        if (TOO_MANY.equals(user)) {
            out.endRejected(RejectReason.CAPACITY.value());
            return RejectReason.CAPACITY.value();
        }
        final Known asked = new Known(sequence, SignalLayout.tenant(signal, offset), text(signal, client), text(signal, client + 1));
        known.put(name, asked);
        bySequence.put(sequence, asked);
        if (NOBODY.equals(user)) {
            end(asked, ActionStatus.FAILED, "", "no such user");
        }
        out.endInput(Outcome.APPLIED);
        return 0;
    }

    private Outcome result(final ActionResultDecoder result) {
        final Known one = bySequence.get(result.action());
        if (null == one || 0 != one.end) {
            return Outcome.NO_CHANGE;
        }
        final ActionStatus status = result.status();
        if (ActionStatus.SENT == status) {
            one.status = status;
        } else {
            end(one, status, result.nativeId(), skipTo(result));
        }
        return Outcome.APPLIED;
    }

    private static String skipTo(final ActionResultDecoder result) {
        result.clientId();
        result.key();
        return result.text();
    }

    private void end(final Known one, final ActionStatus status, final String nativeId, final String words) {
        one.status = status;
        one.nativeId = nativeId;
        one.text = words;
        one.end = out.beginEvent();
        final EventEncoder event = new EventEncoder();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        event.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).tenant(one.tenant).eventType(EventType.ACTION_RESULT)
            .actionStatus(status);
        event.nativeId(nativeId).callId("").localUser("").remoteParty("").remoteName("").group("").sourceName("").by(one.client).from("")
            .to("").reference(one.key).text(words);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + event.encodedLength();
        out.buffer().putBytes(out.eventOffset(), buffer, 0, length);
        out.endEvent(length, one.tenant, EventKeys.NONE, EventKeys.NONE);
    }

    private String text(final DirectBuffer signal, final int index) {
        final byte[] bytes = new byte[texts.length(index)];
        signal.getBytes(texts.offset(index), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean action(final int tenant, final DirectBuffer client, final int clientOffset, final int clientLength,
                          final DirectBuffer key, final int keyOffset, final int keyLength, final ActionView into) {
        final Known one = known.get(tenant + "/" + client.getStringWithoutLengthUtf8(clientOffset, clientLength) + "/"
            + key.getStringWithoutLengthUtf8(keyOffset, keyLength));
        if (null == one) {
            return false;
        }
        ActionViews.fill(into, one.sequence, one.end, one.status.value(), SOURCE, one.nativeId, one.text);
        return true;
    }

    @Override
    public int ownerOf(final long action) {
        final Known one = bySequence.get(action);
        return null == one || 0 != one.end ? 0 : SOURCE;
    }

    /** Deadlines up to then have passed. */
    void pass(final long timeNs) {
        passedNs = timeNs;
    }

    @Override
    public long goneCount() {
        return goneCount;
    }

    @Override
    public long goneUpTo(final int source) {
        return goneUpTo;
    }

    @Override
    public long deadlinesPassedNs() {
        return passedNs;
    }

    @Override
    public boolean failAction(final long action, final DirectBuffer text, final int textOffset, final int textLength,
                              final long journalTimeNs) {
        failures++;
        if (0 == ownerOf(action)) {
            return false;
        }
        final UnsafeBuffer signal = DeskRig.result(action, ActionStatus.FAILED, "",
            text.getStringWithoutLengthUtf8(textOffset, textLength));
        apply(signal, 0, signal.capacity(), journalTimeNs);
        return true;
    }

    @Override
    public boolean owes() {
        return false;
    }

    @Override
    public void payOwed(final long journalTimeNs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isTickDue(final TickLimits limits, final long journalTimeNs) {
        return false;
    }

    @Override
    public void tick(final TickLimits limits, final long journalTimeNs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean disconnectSource(final long journalTimeNs) {
        return false;
    }

    @Override
    public long digest() {
        return 0;
    }

    @Override
    public void write(final StateOutput output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void read(final StateInput input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lastSourceSequence(final int source) {
        return -1;
    }

    @Override
    public long lastRejectedSequence(final int source) {
        return -1;
    }

    @Override
    public int sourceNumber(final int tenant, final String name) {
        return SOURCE;
    }

    /** An action. */
    private static final class Known {
        private final long sequence;
        private final int tenant;
        private final String client;
        private final String key;
        private ActionStatus status = ActionStatus.ACCEPTED;
        private long end;
        private String nativeId = "";
        private String text = "";

        Known(final long sequence, final int tenant, final String client, final String key) {
            this.sequence = sequence;
            this.tenant = tenant;
            this.client = client;
            this.key = key;
        }
    }
}

package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.application.ActDecoder;
import io.strowger.codecs.sbe.application.AskStatusDecoder;
import io.strowger.codecs.sbe.application.CreditDecoder;
import io.strowger.codecs.sbe.application.MessageHeaderDecoder;
import io.strowger.codecs.sbe.application.NameKind;
import io.strowger.codecs.sbe.application.PingDecoder;
import io.strowger.codecs.sbe.application.Policy;
import io.strowger.codecs.sbe.application.Start;
import io.strowger.codecs.sbe.application.SubscribeDecoder;
import io.strowger.codecs.sbe.application.UnsubscribeDecoder;
import io.strowger.ops.gateway.stream.StreamPolicy;
import io.strowger.ops.gateway.stream.StreamRequest;
import io.strowger.ops.gateway.web.Problem;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads what applications send, on an exact slice: nothing of it is believed. On the connection's loop.
 */
final class RequestReader {
    static final int NO_STREAM = -1;

    private static final int MOST_NAMES = 100;

    private final ApplicationSession session;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SubscribeDecoder subscribe = new SubscribeDecoder();
    private final AskStatusDecoder askStatus = new AskStatusDecoder();
    private final CreditDecoder credit = new CreditDecoder();
    private final UnsubscribeDecoder unsubscribe = new UnsubscribeDecoder();
    private final ActDecoder act = new ActDecoder();
    private final PingDecoder ping = new PingDecoder();
    /** What the frame is about, as far as it could be read. */
    private int stream;
    private long askNumber;
    private boolean isAct;

    RequestReader(final ApplicationSession session) {
        this.session = session;
    }

    /**
     * Reads one frame, and has the session do it.
     *
     * @throws Problem when it means nothing.
     */
    void read(final DirectBuffer buffer, final int offset, final int length) {
        frame.wrap(buffer, offset, length);
        stream = NO_STREAM;
        isAct = false;
        try {
            if (length < MessageHeaderDecoder.ENCODED_LENGTH || MessageHeaderDecoder.SCHEMA_ID != header.wrap(frame, 0).schemaId()) {
                throw Problem.badRequest("that is no message of schema " + MessageHeaderDecoder.SCHEMA_ID);
            }
            read(header.templateId());
        } catch (final IndexOutOfBoundsException | IllegalArgumentException notWhole) {
            throw Problem.badRequest("a message is cut off, or has lengths that can't be");
        }
    }

    /** The stream that the last frame was about; {@link #NO_STREAM} for none, or one that could not be read. */
    int stream() {
        return stream;
    }

    /** Whether the last frame asked for an action, under the number {@link #ask}. */
    boolean isAct() {
        return isAct;
    }

    long ask() {
        return askNumber;
    }

    private void read(final int template) {
        switch (template) {
            case SubscribeDecoder.TEMPLATE_ID -> readSubscribe();
            case AskStatusDecoder.TEMPLATE_ID -> readAskStatus();
            case CreditDecoder.TEMPLATE_ID -> {
                check(CreditDecoder.BLOCK_LENGTH);
                credit.wrapAndApplyHeader(frame, 0, header);
                stream = credit.stream();
                session.give(stream, credit.credit());
            }
            case UnsubscribeDecoder.TEMPLATE_ID -> {
                check(UnsubscribeDecoder.BLOCK_LENGTH);
                unsubscribe.wrapAndApplyHeader(frame, 0, header);
                stream = unsubscribe.stream();
                session.unsubscribe(stream);
            }
            case ActDecoder.TEMPLATE_ID -> {
                check(ActDecoder.BLOCK_LENGTH);
                act.wrapAndApplyHeader(frame, 0, header);
                askNumber = act.ask();
                isAct = true;
                final byte[] signal = new byte[act.signalLength()];
                act.getSignal(signal, 0, signal.length);
                session.act(askNumber, signal);
            }
            case PingDecoder.TEMPLATE_ID -> {
                check(PingDecoder.BLOCK_LENGTH);
                ping.wrapAndApplyHeader(frame, 0, header);
                session.pong(ping.number());
            }
            default -> throw Problem.badRequest("there is no message " + template + " that an application sends");
        }
    }

    /** A later version may have more, never less. */
    private void check(final int blockLength) {
        if (header.blockLength() < blockLength || 0 == header.version()) {
            throw Problem.badRequest("a block of " + header.blockLength() + " bytes is too short");
        }
    }

    private void readSubscribe() {
        check(SubscribeDecoder.BLOCK_LENGTH);
        subscribe.wrapAndApplyHeader(frame, 0, header);
        stream = subscribe.stream();
        final int granted = subscribe.credit();
        final Start start = subscribe.start();
        final Policy policy = subscribe.policy();
        final String position = subscribe.position();
        final Names names = new Names();
        for (final SubscribeDecoder.NamesDecoder each : subscribe.names()) {
            names.add(each.kind(), each.name());
        }
        session.subscribe(stream, granted, () -> {
            checkStart(start, position);
            return names.request(Start.STATUS == start, Start.BEHIND == start ? position : null, policy(policy));
        }, false);
    }

    private void readAskStatus() {
        check(AskStatusDecoder.BLOCK_LENGTH);
        askStatus.wrapAndApplyHeader(frame, 0, header);
        stream = askStatus.stream();
        final int granted = askStatus.credit();
        final Names names = new Names();
        for (final AskStatusDecoder.NamesDecoder each : askStatus.names()) {
            names.add(each.kind(), each.name());
        }
        session.subscribe(stream, granted, () -> names.request(true, null, StreamPolicy.EVERY), true);
    }

    private static void checkStart(final Start start, final String position) {
        if (Start.NOW != start && Start.STATUS != start && Start.BEHIND != start) {
            throw Problem.badRequest("start is NOW, STATUS or BEHIND");
        }
        if (Start.BEHIND != start && !position.isEmpty()) {
            throw Problem.badRequest("a position is of start BEHIND alone");
        }
    }

    private static StreamPolicy policy(final Policy policy) {
        return switch (policy) {
            case EVERY -> StreamPolicy.EVERY;
            case LATEST -> StreamPolicy.LATEST;
            case STRICT -> StreamPolicy.STRICT;
            default -> throw Problem.badRequest("policy is EVERY, LATEST or STRICT");
        };
    }

    /** The names of a filter. */
    private static final class Names {
        private final List<String> users = new ArrayList<>();
        private final List<String> groups = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private int count;
        private boolean isUnknown;

        void add(final NameKind kind, final String name) {
            count++;
            if (count > MOST_NAMES) {
                return;
            }
            switch (kind) {
                case USER -> users.add(name);
                case GROUP -> groups.add(name);
                case CALL -> calls.add(name);
                case TYPE -> types.add(name);
                default -> isUnknown = true;
            }
        }

        StreamRequest request(final boolean withStatus, final String after, final StreamPolicy policy) {
            if (count > MOST_NAMES) {
                throw Problem.badRequest("more than " + MOST_NAMES + " names and types");
            }
            if (isUnknown) {
                throw Problem.badRequest("a name is of a USER, a GROUP, a CALL or a TYPE");
            }
            return new StreamRequest(users, groups, calls, types, withStatus, after, policy);
        }
    }
}

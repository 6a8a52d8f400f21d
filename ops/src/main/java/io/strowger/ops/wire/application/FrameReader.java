package io.strowger.ops.wire.application;

import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.SnapshotItemDecoder;
import io.strowger.codecs.sbe.application.ActAnswerDecoder;
import io.strowger.codecs.sbe.application.ActRefusedDecoder;
import io.strowger.codecs.sbe.application.AnswerStatus;
import io.strowger.codecs.sbe.application.LagDecoder;
import io.strowger.codecs.sbe.application.MessageHeaderDecoder;
import io.strowger.codecs.sbe.application.PongDecoder;
import io.strowger.codecs.sbe.application.RefusedDecoder;
import io.strowger.codecs.sbe.application.StatusBeginDecoder;
import io.strowger.codecs.sbe.application.StatusEndDecoder;
import io.strowger.codecs.sbe.application.StatusItemDecoder;
import io.strowger.codecs.sbe.application.StreamEndDecoder;
import io.strowger.codecs.sbe.application.StreamEventDecoder;
import io.strowger.codecs.sbe.application.SubscribedDecoder;
import io.strowger.codecs.sbe.application.YesNo;
import io.strowger.ops.wire.OpeningAnswer;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads what a gateway says, and tells who waits for it. On the client's thread.
 */
final class FrameReader {
    private static final System.Logger LOG = System.getLogger(FrameReader.class.getName());

    private final ApplicationClient client;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final io.strowger.codecs.sbe.MessageHeaderDecoder signalHeader = new io.strowger.codecs.sbe.MessageHeaderDecoder();
    private final StreamEventDecoder streamEvent = new StreamEventDecoder();
    private final EventDecoder event = new EventDecoder();
    private final StatusItemDecoder statusItem = new StatusItemDecoder();
    private final SnapshotItemDecoder item = new SnapshotItemDecoder();
    private final byte[] position = new byte[StreamEventDecoder.positionLength()];

    FrameReader(final ApplicationClient client) {
        this.client = client;
    }

    /**
     * Reads one frame.
     *
     * @return the last word of the connection, or the answer to the opening; null when it is neither.
     */
    OpeningAnswer read(final UnsafeBuffer buffer, final int offset, final int length) {
        final OpeningAnswer word = OpeningAnswer.read(buffer, offset, length);
        if (null != word) {
            return word;
        }
        frame.wrap(buffer, offset, length);
        header.wrap(frame, 0);
        if (MessageHeaderDecoder.SCHEMA_ID == header.schemaId()) {
            read(header.templateId());
        }
        return null;
    }

    private void read(final int template) {
        switch (template) {
            case StreamEventDecoder.TEMPLATE_ID -> readEvent();
            case StatusItemDecoder.TEMPLATE_ID -> readItem();
            case ActAnswerDecoder.TEMPLATE_ID -> {
                final ActAnswerDecoder from = new ActAnswerDecoder().wrapAndApplyHeader(frame, 0, header);
                final AnswerStatus status = from.status();
                client.onAnswer(from.ask(), new ActionOutcome(from.key(), status, from.nativeId(), from.text()));
            }
            case ActRefusedDecoder.TEMPLATE_ID -> {
                final ActRefusedDecoder from = new ActRefusedDecoder().wrapAndApplyHeader(frame, 0, header);
                client.onActRefused(from.ask(), from.why(), from.text());
            }
            case RefusedDecoder.TEMPLATE_ID -> {
                final RefusedDecoder from = new RefusedDecoder().wrapAndApplyHeader(frame, 0, header);
                final String text = from.text();
                LOG.log(System.Logger.Level.WARNING, () -> "refused, of stream " + from.stream() + ": " + from.why() + ": " + text);
                of(from.stream(), stream -> stream.onRefused(from.why(), text));
            }
            case PongDecoder.TEMPLATE_ID -> {
                // that something was heard is enough
            }
            default -> readOfStream(template);
        }
    }

    private void readEvent() {
        streamEvent.wrapAndApplyHeader(frame, 0, header);
        final ApplicationStream stream = client.stream(streamEvent.stream());
        if (null != stream) {
            streamEvent.getPosition(position, 0);
            event.wrapAndApplyHeader(frame, streamEvent.limit() + StreamEventDecoder.bodyHeaderLength(), signalHeader);
            guarded(stream, () -> stream.onEvent(streamEvent, event, position));
        }
    }

    private void readItem() {
        statusItem.wrapAndApplyHeader(frame, 0, header);
        final ApplicationStream stream = client.stream(statusItem.stream());
        if (null != stream) {
            item.wrapAndApplyHeader(frame, statusItem.limit() + StatusItemDecoder.itemHeaderLength(), signalHeader);
            guarded(stream, () -> stream.onStatusItem(item));
        }
    }

    private void readOfStream(final int template) {
        switch (template) {
            case SubscribedDecoder.TEMPLATE_ID -> {
                final SubscribedDecoder from = new SubscribedDecoder().wrapAndApplyHeader(frame, 0, header);
                final String place = from.position();
                of(from.stream(), stream -> stream.onSubscribed(place));
            }
            case StatusBeginDecoder.TEMPLATE_ID ->
                of(new StatusBeginDecoder().wrapAndApplyHeader(frame, 0, header).stream(), ApplicationStream::onStatusBegin);
            case StatusEndDecoder.TEMPLATE_ID -> {
                final StatusEndDecoder from = new StatusEndDecoder().wrapAndApplyHeader(frame, 0, header);
                final String place = from.position();
                of(from.stream(), stream -> stream.onStatusEnd(place));
            }
            case LagDecoder.TEMPLATE_ID -> {
                final LagDecoder from = new LagDecoder().wrapAndApplyHeader(frame, 0, header);
                final boolean isBehind = YesNo.YES == from.behind();
                of(from.stream(), stream -> stream.onLag(isBehind));
            }
            case StreamEndDecoder.TEMPLATE_ID -> {
                final StreamEndDecoder from = new StreamEndDecoder().wrapAndApplyHeader(frame, 0, header);
                final String text = from.text();
                of(from.stream(), stream -> stream.onEnd(from.why(), from.missed(), text));
            }
            default -> {
                // of a later version
            }
        }
    }

    private void of(final int id, final Consumer<ApplicationStream> what) {
        final ApplicationStream stream = client.stream(id);
        if (null != stream) {
            guarded(stream, () -> what.accept(stream));
        }
    }

    private static void guarded(final ApplicationStream stream, final Runnable what) {
        try {
            what.run();
        } catch (final RuntimeException | Error fault) {
            // also an error, of an assertion or a class that is not there: others go on being read
            stream.fail(fault);
        }
    }
}

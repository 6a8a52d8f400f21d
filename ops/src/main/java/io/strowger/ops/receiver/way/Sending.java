package io.strowger.ops.receiver.way;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.translate.StreamCounters;
import io.strowger.codecs.translate.StreamCounters.Counter;
import io.strowger.codecs.translate.StreamTranslator;
import io.strowger.router.status.ReturnCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes the facts of requests, and sends them over a link, as long as that is up. On the receiver's loop. */
final class Sending {
    private final RouterLink link;
    private final StreamTranslator translator;
    private final SignalSink sink;
    private final SignalSink noting = this::note;
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private long first;
    private long last;

    /**
     * Begins with a link that nothing was sent over.
     *
     * @param translator of the link's source.
     */
    Sending(final RouterLink link, final StreamTranslator translator) {
        this.link = link;
        this.translator = translator;
        this.sink = link.sink();
        translator.connected(link.number());
    }

    /**
     * Sends the facts of a request, for which the link must have room.
     *
     * @return what is answered: at once, or, where it {@link #isSent}, when its facts are in the journal.
     */
    Answer send(final byte[] request) {
        final StreamCounters counters = translator.counters();
        final long badBefore = bad(counters);
        final long tooLargeBefore = counters.get(Counter.TOO_LARGE);
        first = -1;
        bytes.wrap(request);
        link.beginRequest();
        final int taken = translator.onBytes(bytes, 0, request.length, SystemEpochNanoClock.INSTANCE.nanoTime(), noting);
        if (taken != request.length) {
            throw new IllegalStateException("the translator left " + (request.length - taken) + " bytes to a link that takes all");
        }
        return 0 != link.refusal() ? refusal(link.refusal())
            : counters.get(Counter.TOO_LARGE) > tooLargeBefore ? Answer.TOO_LARGE
            : bad(counters) > badBefore ? Answer.BAD : Answer.OK;
    }

    /** Whether the last request has facts, and none of them was refused at once. */
    boolean isSent() {
        return first >= 0 && 0 == link.refusal();
    }

    /** Source sequence of the first fact of the last request. */
    long first() {
        return first;
    }

    /** Source sequence of the last fact of the last request. */
    long last() {
        return last;
    }

    /** Tells that requests were not taken since the last one that was sent. */
    void tellGap(final long requests, final long requestBytes) {
        link.tellGap(translator.position(), requests, requestBytes);
    }

    /** What had no room may have some another time; whatever else was refused is so again. */
    static Answer refusal(final int code) {
        final int reason = ReturnCode.rejectReason(code);
        return 0 == reason || RejectReason.CAPACITY.value() == reason ? Answer.UNAVAILABLE : Answer.REFUSED;
    }

    private boolean note(final DirectBuffer buffer, final int offset, final int length) {
        last = SignalLayout.sourceSequence(buffer, offset);
        first = first < 0 ? last : first;
        return sink.offer(buffer, offset, length);
    }

    private static long bad(final StreamCounters counters) {
        return counters.get(Counter.MALFORMED) + counters.get(Counter.FOREIGN) + counters.get(Counter.IDENTITY_TOO_LONG);
    }
}

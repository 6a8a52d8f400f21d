package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * Takes results, checks that a source may say each, and keeps what they say.
 */
public final class ResultLog implements SignalSink {
    /** The time of the tests in nanoseconds. */
    public static final long NOW_NS = 1_795_624_150_682_276_000L;

    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.forSources());
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ActionResultDecoder decoder = new ActionResultDecoder();
    private final List<Result> results = new ArrayList<>();
    private final BooleanSupplier hasRoom;

    /** One result. */
    public record Result(long action, ActionStatus status, String nativeId, String clientId, String key, String text) {
        /** Whether nothing comes behind it. */
        public boolean isFinal() {
            return ActionStatus.SENT != status;
        }
    }

    /** A log that always has room. */
    public ResultLog() {
        this(() -> true);
    }

    /** A log that has room now and then. */
    public ResultLog(final BooleanSupplier hasRoom) {
        this.hasRoom = hasRoom;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        if (!hasRoom.getAsBoolean()) {
            return false;
        }
        assertEquals(AdmissionWalk.ADMITTED, walk.check(buffer, offset, length), "not admitted");
        assertEquals(3, SignalLayout.source(buffer, offset));
        assertEquals(7, SignalLayout.tenant(buffer, offset));
        assertEquals(ActionResultDecoder.sourceSequenceNullValue(), SignalLayout.sourceSequence(buffer, offset));
        decoder.wrapAndApplyHeader(buffer, offset, header);
        results.add(new Result(
            decoder.action(), decoder.status(), decoder.nativeId(), decoder.clientId(), decoder.key(), decoder.text()));
        return true;
    }

    /** All results in order. */
    public List<Result> results() {
        return results;
    }

    /** The results as lines: sequence of the action, status, reason. */
    public List<String> lines() {
        return results.stream().map(result -> (result.action() + " " + result.status() + " " + result.text()).strip()).toList();
    }
}

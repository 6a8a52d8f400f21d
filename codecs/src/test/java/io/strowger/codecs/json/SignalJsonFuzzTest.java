package io.strowger.codecs.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.RejectReason;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fuzzes the reading of JSON: a regression over the committed inputs in the normal build, real fuzzing as
 * {@code junit-platform.properties} says.
 */
final class SignalJsonFuzzTest {
    private final SignalJson json = new SignalJson();
    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[SignalJson.MAX_EVENT_LENGTH]);
    private final UnsafeBuffer again = new UnsafeBuffer(new byte[SignalJson.MAX_EVENT_LENGTH]);

    @FuzzTest(maxDuration = "1m")
    void shouldRefuseOrReadASignalThatGoesToJsonAndBack(final byte[] bytes) throws JsonSignalException {
        final int length;
        try {
            length = json.read(bytes, 0, bytes.length, target, 0);
        } catch (final JsonSignalException e) {
            return;
        }
        final int verdict = walk.check(target, 0, length);
        final boolean admitted = AdmissionWalk.ADMITTED == verdict || RejectReason.NATIVE_ID_MISSING.value() == verdict
            || RejectReason.BAD_CODE.value() == verdict;
        if (length <= SignalLayout.MAX_SIGNAL_LENGTH && !admitted) {
            throw new AssertionError("read, but not admitted: " + RejectReason.get((short)verdict));
        }
        if (length != json.read(json.write(target, 0, length), again, 0) || !sameBytes(length)) {
            throw new AssertionError("lost something on the way to JSON and back");
        }
    }

    private boolean sameBytes(final int length) {
        for (int i = 0; i < length; i++) {
            if (target.getByte(i) != again.getByte(i)) {
                return false;
            }
        }
        return true;
    }
}

package io.strowger.codecs.admission;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalView;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fuzzes the walk: a regression over the committed inputs in the normal build, real fuzzing as
 * {@code junit-platform.properties} says.
 */
final class AdmissionFuzzTest {
    private static final int GUARD = 32;

    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());
    private final SignalView view = new SignalView(SignalCatalog.current());

    @FuzzTest(maxDuration = "1m")
    void shouldNeverThrowAndAdmitOnlyWhatCanBeRead(final byte[] bytes) {
        final UnsafeBuffer exact = new UnsafeBuffer(bytes.clone());
        final UnsafeBuffer amid = new UnsafeBuffer(new byte[bytes.length + 2 * GUARD]);
        amid.setMemory(0, amid.capacity(), (byte)0xFF);
        amid.putBytes(GUARD, bytes);
        final int verdict = walk.check(exact, 0, bytes.length);
        if (verdict != walk.check(amid, GUARD, bytes.length)) {
            throw new AssertionError("the verdict depends on bytes outside the slice");
        }
        if (AdmissionWalk.ADMITTED == verdict) {
            view.wrap(exact, 0, bytes.length);
            for (int i = 0; i < view.template().texts().size(); i++) {
                if (view.textLength(i) > SignalLayout.MAX_TEXT_LENGTH) {
                    throw new AssertionError("a text of " + view.textLength(i) + " bytes came in");
                }
            }
        }
    }
}

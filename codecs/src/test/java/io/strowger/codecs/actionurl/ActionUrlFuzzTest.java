package io.strowger.codecs.actionurl;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.strowger.codecs.translate.AdmittedSink;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fuzzes a connection of each kind of phone: a regression over the committed inputs in the normal build.
 */
final class ActionUrlFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void shouldMakeFactsThatAreAdmittedOrNone(final byte[] bytes) {
        translate(ActionUrlTemplate.GENERIC_PHONE, bytes);
        translate(ActionUrlTemplate.POLYCOM_PHONE, bytes);
    }

    private static void translate(final ActionUrlTemplate template, final byte[] bytes) {
        final ActionUrlTranslator translator = new ActionUrlTranslator(ActionUrl.settings(template));
        translator.connected(0);
        translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, ActionUrl.ARRIVAL_NS, new AdmittedSink(3, 7));
        translator.disconnected();
    }
}

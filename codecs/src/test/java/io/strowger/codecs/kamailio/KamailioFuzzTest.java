package io.strowger.codecs.kamailio;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.strowger.codecs.translate.AdmittedSink;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fuzzes a connection: a regression over the committed inputs in the normal build.
 */
final class KamailioFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void shouldMakeFactsThatAreAdmittedOrNone(final byte[] bytes) {
        final KamailioTranslator translator = new KamailioTranslator(Kamailio.SETTINGS.withMaxBlockLength(512));
        translator.connected(0);
        translator.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, Kamailio.ARRIVAL_NS, new AdmittedSink(3, 7));
        translator.disconnected();
    }
}

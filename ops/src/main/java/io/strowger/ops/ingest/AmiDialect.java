package io.strowger.ops.ingest;

import io.strowger.codecs.ami.AmiSettings;
import io.strowger.codecs.ami.AmiTranslator;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * What an Asterisk manager connection sends.
 */
public final class AmiDialect extends TranslatedDialect {
    private static final byte[] BANNER = "Asterisk Call Manager/".getBytes(StandardCharsets.US_ASCII);

    /**
     * A stream of one source.
     *
     * @param source its number.
     * @param tenant whose it is.
     */
    public AmiDialect(final int source, final int tenant) {
        super("ami", new AmiTranslator(AmiSettings.of(source, tenant)), StreamComplaints.OF_BLOCKS, false);
    }

    /**
     * A stream cut from the middle has no banner and will have no FullyBooted: nothing in it would ever count if its epoch were awaited.
     */
    @Override
    public boolean isEpochKnown(final DirectBuffer bytes, final int length) {
        for (int i = 0; i < BANNER.length; i++) {
            if (i >= length || bytes.getByte(i) != BANNER[i]) {
                return true;
            }
        }
        return false;
    }
}

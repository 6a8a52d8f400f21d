package io.strowger.ops.receiver.way;

import io.strowger.codecs.translate.StreamTranslator;
import java.util.List;

/** Makes the translator of a phone or server each time it has a link. On the receiver's loop. */
@FunctionalInterface
public interface TranslatorMaker {
    /**
     * Makes one.
     *
     * @param source     number of the source in the router.
     * @param connection number of the connection, which source sequences begin with.
     * @param calls      that the router holds open of it, the oldest first.
     * @return connected already.
     */
    StreamTranslator make(int source, int connection, List<OpenCall> calls);
}

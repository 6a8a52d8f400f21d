package io.strowger.ops.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.SourceHelloEncoder;
import io.strowger.codecs.sbe.YesNo;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class SignalStampTest {
    @Test
    void shouldNotCallItsOwnSequencesDenseWhenTheRecordedHelloDid() {
        final ExpandableArrayBuffer signal = new ExpandableArrayBuffer();
        final SourceHelloEncoder recorded = new SourceHelloEncoder().wrapAndApplyHeader(signal, 0, new MessageHeaderEncoder())
            .sourceSequence(1).sourceTime(5).source(9).tenant(9).connection(3).epochKnown(YesNo.YES).dense(YesNo.YES);
        recorded.capabilities().clear();
        recorded.sourceName("pbx-1").dialect("sbe").epoch("").coveredBy("");

        SignalStamp.put(signal, 0, 77, 1, 2, 1_000);

        final SourceHelloDecoder hello = new SourceHelloDecoder().wrapAndApplyHeader(signal, 0, new MessageHeaderDecoder());
        assertEquals(YesNo.NO, hello.dense());
        assertEquals(YesNo.YES, hello.epochKnown());
        assertEquals(77, hello.sourceSequence());
        assertEquals("pbx-1", hello.sourceName());
    }
}

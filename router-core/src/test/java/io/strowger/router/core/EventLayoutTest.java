package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.EventDecoder;
import org.junit.jupiter.api.Test;

/**
 * The hand-laid fixed fields of an event stand where the schema says.
 */
final class EventLayoutTest {
    @Test
    void shouldFollowTheSchema() {
        final int header = SignalLayout.HEADER_LENGTH;
        assertEquals(EventWriter.EPOCH_OFFSET, header + EventDecoder.epochEncodingOffset());
        assertEquals(EventWriter.DURATION_OFFSET, header + EventDecoder.durationMsEncodingOffset());
        assertEquals(EventWriter.TALK_OFFSET, header + EventDecoder.talkMsEncodingOffset());
        assertEquals(EventWriter.WAIT_OFFSET, header + EventDecoder.waitMsEncodingOffset());
        assertEquals(EventWriter.CAUSE_CODE_OFFSET, header + EventDecoder.causeCodeEncodingOffset());
        assertEquals(EventWriter.CAUSE_CODE_OFFSET + 2, header + EventDecoder.eventTypeEncodingOffset());
        assertEquals(EventWriter.CAUSE_CODE_OFFSET + 3, header + EventDecoder.mediaEncodingOffset());
        assertEquals(EventWriter.CAUSE_CODE_OFFSET + 4, header + EventDecoder.directionEncodingOffset());
        assertEquals(EventWriter.CAUSE_CODE_OFFSET + 5, header + EventDecoder.stateEncodingOffset());
        assertEquals(EventWriter.CAUSE_CODE_OFFSET + 6, header + EventDecoder.causeEncodingOffset());
        assertEquals(EventWriter.FLAGS_OFFSET - 1, header + EventDecoder.reasonEncodingOffset());
        assertEquals(EventWriter.FLAGS_OFFSET, header + EventDecoder.flagsEncodingOffset());
        assertEquals(EventWriter.FLAGS_OFFSET + 1, header + EventDecoder.actionEncodingOffset());
        assertEquals(EventWriter.FLAGS_OFFSET + 2, header + EventDecoder.actionStatusEncodingOffset());
        assertEquals(EventWriter.VAR_DATA_OFFSET, header + EventDecoder.BLOCK_LENGTH);
    }
}

package io.strowger.codecs.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.FieldType;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalWriter;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.RejectReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class AdmissionWalkTest {
    private static final int OFFSET = 24;
    private static final int BUFFER_LENGTH = 4096;

    private final SignalCatalog catalog = SignalCatalog.current();
    private final SignalWriter writer = new SignalWriter(catalog);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());

    @Test
    void shouldAdmitEveryTemplateOnHeapAndOffHeap() {
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
        for (final TemplateDescriptor template : catalog.templates()) {
            final int length = signal(template.name(), template.hasNativeId() ? 5 : 0);
            assertEquals(0, walk.check(buffer, OFFSET, length), template.name());
            direct.putBytes(OFFSET, buffer, OFFSET, length);
            assertEquals(0, walk.check(direct, OFFSET, length), template.name());
        }
    }

    @Test
    void shouldRefuseASignalOutsideTheLengthLimits() {
        signal("Tick", 0);
        for (final int length : new int[] {Integer.MIN_VALUE, -1, 0, 7, 8, 31}) {
            assertReason(RejectReason.TOO_SHORT, length);
        }
        assertReason(RejectReason.TOO_LONG, SignalLayout.MAX_SIGNAL_LENGTH + 1);
        assertReason(RejectReason.TOO_LONG, Integer.MAX_VALUE);
        final int longest = SignalLayout.MAX_SIGNAL_LENGTH;
        buffer.putShort(OFFSET, (short)(longest - SignalLayout.HEADER_LENGTH), ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, walk.check(buffer, OFFSET, longest), "a longer block of the same version is passed over");
    }

    @Test
    void shouldRefuseAHeaderOfAnotherKind() {
        final int length = signal("Tick", 0);
        putHeader(SignalLayout.SCHEMA_ID_OFFSET, catalog.schemaId() + 1);
        assertReason(RejectReason.UNKNOWN_SCHEMA, length);
        putHeader(SignalLayout.SCHEMA_ID_OFFSET, catalog.schemaId());
        for (final int template : new int[] {0, 18, catalog.maxTemplateId() + 1, 0x8000, 0xFFFF}) {
            putHeader(SignalLayout.TEMPLATE_ID_OFFSET, template);
            assertReason(RejectReason.UNKNOWN_TEMPLATE, length);
        }
        signal("Tick", 0);
        for (final int version : new int[] {0, catalog.version() + 1, 0x8000, 0xFFFF}) {
            putHeader(SignalLayout.VERSION_OFFSET, version);
            assertReason(RejectReason.BAD_VERSION, length);
        }
    }

    @Test
    void shouldRefuseABlockThatIsTooShortOrLeavesTheSlice() {
        final int length = signal("Hangup", 5);
        final int block = catalog.template("Hangup").blockLength();
        for (final int bad : new int[] {0, 1, block - 1, length - SignalLayout.HEADER_LENGTH + 1, 0x7FFF, 0x8000, 0xFFFF}) {
            putHeader(SignalLayout.BLOCK_LENGTH_OFFSET, bad);
            assertReason(RejectReason.BAD_BLOCK_LENGTH, length);
        }
    }

    @Test
    void shouldRefuseATextThatLeavesTheSliceOrIsTooLong() {
        final int length = signal("Hangup", 5);
        final int nativeId = SignalLayout.varDataOffset(buffer, OFFSET);
        final int callId = nativeId + 2 + 5;
        for (final int bad : new int[] {length, 0x7FFF, 0x8000, 0xFFFF}) {
            buffer.putShort(callId, (short)bad, ByteOrder.LITTLE_ENDIAN);
            assertReason(RejectReason.BAD_VAR_DATA, length);
            buffer.putShort(callId, (short)0, ByteOrder.LITTLE_ENDIAN);
            buffer.putShort(nativeId, (short)bad, ByteOrder.LITTLE_ENDIAN);
            assertReason(RejectReason.BAD_VAR_DATA, length);
            buffer.putShort(nativeId, (short)5, ByteOrder.LITTLE_ENDIAN);
        }
        for (int cut = nativeId - OFFSET; cut < length; cut++) {
            assertReason(RejectReason.BAD_VAR_DATA, cut);
        }
        assertEquals(0, walk.check(buffer, OFFSET, text("Other", 1, SignalLayout.MAX_TEXT_LENGTH)));
        assertReason(RejectReason.BAD_VAR_DATA, text("Other", 1, SignalLayout.MAX_TEXT_LENGTH + 1));
    }

    @Test
    void shouldRefuseBytesBehindTheLastText() {
        final int length = signal("Hangup", 5);
        assertReason(RejectReason.TRAILING_BYTES, length + 1);
        assertReason(RejectReason.TRAILING_BYTES, length + 500);
        assertReason(RejectReason.TRAILING_BYTES, signal("Tick", 0) + 1);
    }

    @Test
    void shouldWantANativeIdOfTheRightLength() {
        assertEquals(0, walk.check(buffer, OFFSET, signal("Hangup", SignalLayout.MAX_NATIVE_ID_LENGTH)));
        assertReason(RejectReason.NATIVE_ID_TOO_LONG, signal("Hangup", SignalLayout.MAX_NATIVE_ID_LENGTH + 1));
        assertReason(RejectReason.NATIVE_ID_TOO_LONG, signal("Subscribe", 1100));
        for (final String template : List.of("LegSeen", "Hangup", "Rename", "Queue", "Fax", "ScreenSharing", "Chat", "Answer", "HangUp",
            "StopRecording")) {
            assertReason(RejectReason.NATIVE_ID_MISSING, signal(template, 0));
        }
        for (final String template : List.of("Transfer", "ForwardCall", "Subscribe", "SourceSnapshotItem", "Message", "HistoryItem",
            "ActionResult")) {
            assertEquals(0, walk.check(buffer, OFFSET, signal(template, 0)), template);
        }
    }

    @Test
    void shouldWantTheCodesThatDecide() {
        final List<String> wanted = List.of("Dial.phase", "Bridge.action", "Bridge.bridgeKind", "Hold.action", "Queue.action",
            "Park.action", "Transfer.result", "Conference.action", "Recording.action", "GroupMembership.action", "Registration.action",
            "Message.media", "Message.direction", "Fax.action", "ScreenSharing.action", "Chat.action", "HistoryItem.kind");
        for (final TemplateDescriptor template : catalog.templates()) {
            for (final FieldDescriptor field : template.fields()) {
                if (FieldType.Kind.ENUM == field.type().kind()) {
                    assertCodes(template, field, wanted.contains(template.name() + '.' + field.name()));
                }
            }
        }
    }

    private void assertCodes(final TemplateDescriptor template, final FieldDescriptor field, final boolean isWanted) {
        final int length = signal(template.name(), 5);
        for (int code = 0; code < 256; code++) {
            buffer.putByte(OFFSET + SignalLayout.HEADER_LENGTH + field.offset(), (byte)code);
            final boolean isKnown = null != field.type().codes().nameOf(code);
            final int expected = isWanted && !isKnown ? RejectReason.BAD_CODE.value() : AdmissionWalk.ADMITTED;
            assertEquals(expected, walk.check(buffer, OFFSET, length), template.name() + '.' + field.name() + ' ' + code);
        }
        assertReason(RejectReason.TRAILING_BYTES, length + 1);
    }

    @Test
    void shouldRefuseWhatThePeerMayNotSend() {
        final AdmissionWalk sources = new AdmissionWalk(TemplateSet.forSources());
        final AdmissionWalk applications = new AdmissionWalk(TemplateSet.forApplications());
        for (final String template : List.of("Event", "SnapshotItem", "SnapshotBegin", "SnapshotEnd", "Tick", "Continue", "SourceWelcome",
            "SourceAck", "SourceReject")) {
            final int length = signal(template, 5);
            assertEquals(RejectReason.NOT_ALLOWED.value(), sources.check(buffer, OFFSET, length), template);
            assertEquals(RejectReason.NOT_ALLOWED.value(), applications.check(buffer, OFFSET, length), template);
        }
        for (final String template : List.of("SourceHello", "SourceGap", "LegSeen", "Rename", "Other", "ActionResult")) {
            final int length = signal(template, 5);
            assertEquals(0, sources.check(buffer, OFFSET, length), template);
            assertEquals(RejectReason.NOT_ALLOWED.value(), applications.check(buffer, OFFSET, length), template);
        }
        for (final String template : List.of("Subscribe", "Credit", "GenerateCall", "SendSms")) {
            final int length = signal(template, 5);
            assertEquals(0, applications.check(buffer, OFFSET, length), template);
            assertEquals(RejectReason.NOT_ALLOWED.value(), sources.check(buffer, OFFSET, length), template);
        }
        assertTrue(TemplateSet.of(3, 4).contains(4));
        assertFalse(TemplateSet.of(3, 4).contains(5));
    }

    @Test
    void shouldBlameTheCallerWhenTheSliceIsNotInTheBuffer() {
        assertTrue(DirectBuffer.SHOULD_BOUNDS_CHECK, "tests run with bounds checks");
        assertThrows(IndexOutOfBoundsException.class, () -> walk.check(buffer, BUFFER_LENGTH - 31, 32));
        assertThrows(IndexOutOfBoundsException.class, () -> walk.check(buffer, -1, 32));
    }

    private int signal(final String template, final int nativeIdLength) {
        final boolean hasNativeId = catalog.template(template).hasNativeId();
        return text(template, 0, hasNativeId ? nativeIdLength : 0);
    }

    private int text(final String template, final int index, final int length) {
        writer.begin(catalog.template(template));
        for (final FieldDescriptor field : DecidingCodes.of(catalog.template(template))) {
            writer.value(catalog.template(template).fields().indexOf(field), 0);
        }
        if (length > 0) {
            writer.text(index, new byte[length]);
        }
        return writer.write(buffer, OFFSET);
    }

    private void putHeader(final int fieldOffset, final int value) {
        buffer.putShort(OFFSET + fieldOffset, (short)value, ByteOrder.LITTLE_ENDIAN);
    }

    private void assertReason(final RejectReason reason, final int length) {
        assertEquals(reason, RejectReason.get((short)walk.check(buffer, OFFSET, length)), () -> "length " + length);
    }
}

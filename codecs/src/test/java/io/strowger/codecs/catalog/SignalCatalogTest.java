package io.strowger.codecs.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SignalCatalogTest {
    private static final String MESSAGE_2 = "<sbe:message name=\"SourceWelcome\" id=\"2\"";

    @Test
    void shouldSayOfEveryTemplateWhatItsGeneratedDecoderSays() throws ReflectiveOperationException {
        assertEquals(MessageHeaderDecoder.SCHEMA_ID, SignalCatalog.current().schemaId());
        assertEquals(MessageHeaderDecoder.SCHEMA_VERSION, SignalCatalog.current().version());
        for (final TemplateDescriptor template : SignalCatalog.current().templates()) {
            final Class<?> decoder = Class.forName("io.strowger.codecs.sbe." + template.name() + "Decoder");
            assertEquals(decoder.getField("TEMPLATE_ID").getInt(null), template.id());
            assertEquals(decoder.getField("BLOCK_LENGTH").getInt(null), template.blockLength(), template.name());
            for (final FieldDescriptor field : template.fields()) {
                final String where = template.name() + '.' + field.name();
                assertEquals(constant(decoder, field.name() + "EncodingOffset"), field.offset(), where);
                assertEquals(constant(decoder, field.name() + "EncodingLength"), field.type().primitive().size(), where);
                assertEquals(constant(decoder, field.name() + "Id"), field.id(), where);
                assertEquals(constant(decoder, field.name() + "SinceVersion"), field.sinceVersion(), where);
            }
            for (final TextDescriptor text : template.texts()) {
                assertEquals(constant(decoder, text.name() + "Id"), text.id(), template.name() + '.' + text.name());
            }
        }
    }

    @Test
    void shouldFindTheCommonFieldsWhereTheLayoutDrawsThem() {
        final Set<Integer> ids = new HashSet<>();
        for (final TemplateDescriptor template : SignalCatalog.current().templates()) {
            assertTrue(ids.add(template.id()));
            assertEquals(template, SignalCatalog.current().template(template.id()));
            assertEquals(template, SignalCatalog.current().template(template.name()));
            assertCommon(template, 0, "sourceSequence", SignalLayout.SOURCE_SEQUENCE_OFFSET);
            assertCommon(template, 1, "sourceTime", SignalLayout.SOURCE_TIME_OFFSET);
            assertCommon(template, 2, "source", SignalLayout.SOURCE_OFFSET);
            assertCommon(template, 3, "tenant", SignalLayout.TENANT_OFFSET);
            final boolean anywhere = template.textIndex("nativeId") >= 0;
            assertEquals(anywhere, template.hasNativeId(), "a native id is the first text: " + template.name());
        }
        assertNull(SignalCatalog.current().template(0));
        assertNull(SignalCatalog.current().template(-1));
        assertNull(SignalCatalog.current().template(65_535));
    }

    @Test
    void shouldKnowTypesAndNullValues() {
        final TemplateDescriptor event = SignalCatalog.current().template("Event");
        assertEquals(new FieldType("causeNumber", FieldType.Kind.NUMBER, PrimitiveType.INT16, true, Short.MIN_VALUE, null),
            event.field("causeCode").type());
        assertEquals(FieldType.Kind.TIME, event.field("sourceTime").type().kind());
        assertEquals(FieldType.Kind.SET, event.field("flags").type().kind());
        final FieldType state = event.field("state").type();
        assertEquals(FieldType.Kind.ENUM, state.kind());
        assertEquals(255, state.nullValue());
        assertEquals("HELD", state.codes().nameOf(4));
        assertNull(state.codes().nameOf(200));
        assertNull(state.codes().nameOf(-1));
        assertNull(event.field("nobody"));
        assertEquals(-1, event.textIndex("nobody"));
    }

    @Test
    void shouldRefuseWhatIsNoSchemaOfSignals() {
        assertRefused("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>");
        assertRefused("no xml");
        final String schema = new String(SchemaFiles.schema(), StandardCharsets.UTF_8);
        assertNotNull(SignalCatalog.read(new ByteArrayInputStream(schema.getBytes(StandardCharsets.UTF_8))));
        for (final List<String> change : List.of(
            List.of("byteOrder=\"littleEndian\"", "byteOrder=\"bigEndian\""),
            List.of("name=\"blockLength\" primitiveType=\"uint16\"", "name=\"blockLength\" primitiveType=\"uint32\""),
            List.of("name=\"length\" primitiveType=\"uint16\"", "name=\"length\" primitiveType=\"uint8\""),
            List.of("type=\"ListKind\"", "type=\"NoSuchKind\""),
            List.of("<data name=\"listId\" id=\"101\" type=\"text\"/>", "<group name=\"items\" id=\"101\"/>"),
            List.of("<composite name=\"text\"", "<composite name=\"blob\""),
            List.of("primitiveType=\"int16\"", "primitiveType=\"float\""),
            List.of(MESSAGE_2, MESSAGE_2.replace("id=\"2\"", "id=\"1\"")))) {
            assertTrue(schema.contains(change.get(0)), change.get(0));
            assertRefused(schema.replaceFirst(change.get(0), change.get(1)));
        }
    }

    @Test
    void shouldGiveTheSchemaAsFiles() {
        final byte[] representation = SchemaFiles.intermediateRepresentation();
        assertTrue(new String(representation, StandardCharsets.ISO_8859_1).contains("io.strowger.codecs.sbe"));
        assertFalse(new String(SchemaFiles.schema(), StandardCharsets.UTF_8).isEmpty());
    }

    private static void assertCommon(final TemplateDescriptor template, final int index, final String name, final int offset) {
        assertEquals(name, template.fields().get(index).name(), template.name());
        assertEquals(offset, SignalLayout.HEADER_LENGTH + template.fields().get(index).offset(), template.name());
    }

    private static void assertRefused(final String xml) {
        final ByteArrayInputStream in = new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
        assertThrows(IllegalArgumentException.class, () -> SignalCatalog.read(in), xml.substring(0, Math.min(80, xml.length())));
    }

    private static int constant(final Class<?> decoder, final String method) throws ReflectiveOperationException {
        return (int)decoder.getMethod(method).invoke(null);
    }
}

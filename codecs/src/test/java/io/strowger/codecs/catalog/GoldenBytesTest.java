package io.strowger.codecs.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.sbe.Cause;
import io.strowger.codecs.sbe.CreditDecoder;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Holds today's readers against the bytes of version 1 ({@link GoldenBytes}).
 */
final class GoldenBytesTest {
    private final SignalCatalog version1 = SchemaEvolutionTest.version1();
    private final Map<String, byte[]> golden = golden();

    @Test
    void shouldHaveBytesOfEveryTemplateOfVersion1() {
        assertEquals(version1.templates().stream().map(TemplateDescriptor::name).toList(), List.copyOf(golden.keySet()));
    }

    @Test
    void shouldReadTheBytesOfVersion1WithTodaysGeneratedDecoders() throws ReflectiveOperationException {
        for (final TemplateDescriptor template : version1.templates()) {
            final List<String> said = GoldenBytes.decode(template, new UnsafeBuffer(golden.get(template.name())));
            assertEquals(expected(template), said, template.name());
        }
    }

    @Test
    void shouldReadTheBytesOfVersion1ByTodaysCatalog() {
        final SignalView view = new SignalView(SignalCatalog.current());
        for (final TemplateDescriptor template : version1.templates()) {
            final byte[] bytes = golden.get(template.name());
            view.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
            assertEquals(template.name(), view.template().name());
            final List<String> said = new ArrayList<>();
            template.fields().forEach(field -> said.add(field.name() + '=' + view.value(view.template().field(field.name()))));
            template.texts().forEach(text -> said.add(text.name() + '=' + view.text(view.template().textIndex(text.name()))));
            assertEquals(expected(template), said, template.name());
        }
    }

    @Test
    void shouldWriteTheSameBytesByTheCatalog() {
        final SignalWriter writer = new SignalWriter(version1);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        for (final TemplateDescriptor template : version1.templates()) {
            writer.begin(template);
            for (int i = 0; i < template.fields().size(); i++) {
                writer.value(i, GoldenBytes.value(template, template.fields().get(i)));
            }
            for (int i = 0; i < template.texts().size(); i++) {
                writer.text(i, GoldenBytes.text(template, template.texts().get(i)).getBytes(StandardCharsets.UTF_8));
            }
            final byte[] bytes = new byte[writer.write(buffer, 0)];
            buffer.getBytes(0, bytes);
            assertArrayEquals(golden.get(template.name()), bytes, template.name());
        }
    }

    @Test
    void shouldAdmitTheBytesOfVersion1() {
        final AdmissionWalk walk = new AdmissionWalk(TemplateSet.all());
        golden.forEach((name, bytes) -> assertEquals(AdmissionWalk.ADMITTED, walk.check(new UnsafeBuffer(bytes), 0, bytes.length), name));
    }

    @Test
    void shouldReadVersion1AsASchemaThatHasGrown() {
        final SignalCatalog grown = grownCatalog();
        final SignalView view = new SignalView(grown);
        final byte[] bytes = golden.get("Credit");
        view.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        assertEquals(Integer.MIN_VALUE, view.value(view.template().field("more")), "a field newer than the signal is null");
        assertEquals("", view.text(view.template().textIndex("note")), "a text newer than the signal is empty");
        final AdmissionWalk walk = new AdmissionWalk(grown, TemplateSet.all());
        assertEquals(AdmissionWalk.ADMITTED, walk.check(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    @Test
    void shouldReadASignalOfASchemaThatHasGrownWithTodaysDecoders() {
        final SignalCatalog grown = grownCatalog();
        final SignalWriter writer = new SignalWriter(grown);
        final TemplateDescriptor credit = grown.template("Credit");
        writer.begin(credit);
        writer.value(credit.fields().indexOf(credit.field("credit")), 77);
        writer.value(credit.fields().indexOf(credit.field("more")), 1);
        writer.text(credit.textIndex("note"), new byte[] {'n'});
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH]);
        final int length = writer.write(buffer, 0);
        final CreditDecoder decoder = new CreditDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        assertEquals(77, decoder.credit());
        assertEquals(CreditDecoder.BLOCK_LENGTH + Integer.BYTES, decoder.limit() - SignalLayout.HEADER_LENGTH,
            "its own block length counts");
        final SignalView view = new SignalView(SignalCatalog.current());
        view.wrap(buffer, 0, length);
        assertEquals(77, view.value(view.template().field("credit")));
        assertEquals(AdmissionWalk.ADMITTED, new AdmissionWalk(grown, TemplateSet.all()).check(buffer, 0, length));
    }

    @Test
    void shouldBearEnumValuesOfALaterSchema() {
        final UnsafeBuffer buffer = new UnsafeBuffer(golden.get("Event").clone());
        final int at = SignalLayout.HEADER_LENGTH + EventDecoder.causeEncodingOffset();
        buffer.putByte(at, (byte)200);
        final EventDecoder decoder = new EventDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        assertEquals(Cause.SBE_UNKNOWN, decoder.cause());
        assertEquals(200, decoder.causeRaw());
        assertEquals(0, new AdmissionWalk(TemplateSet.all()).check(buffer, 0, buffer.capacity()));
        buffer.putByte(at, (byte)255);
        assertEquals(Cause.NULL_VAL, decoder.cause());
    }

    @Test
    void shouldCarryTheVersionInTheBytes() {
        golden.forEach((name, bytes) ->
            assertEquals(1, new UnsafeBuffer(bytes).getShort(SignalLayout.VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN), name));
    }

    private static SignalCatalog grownCatalog() {
        final String field = "<field name=\"credit\" id=\"6\" type=\"int32\"/>";
        final String schema = SchemaEvolutionTest.schema1();
        assertTrue(schema.contains(field));
        return SchemaEvolutionTest.catalog(schema.replace("id=\"4711\" version=\"1\"", "id=\"4711\" version=\"2\"").replace(field,
            field + "<field name=\"more\" id=\"7\" type=\"countOrNull\" sinceVersion=\"2\"/>"
                + "<data name=\"note\" id=\"101\" type=\"text\" sinceVersion=\"2\"/>"));
    }

    private static List<String> expected(final TemplateDescriptor template) {
        final List<String> lines = new ArrayList<>();
        template.fields().forEach(field -> lines.add(field.name() + '=' + GoldenBytes.value(template, field)));
        template.texts().forEach(text -> lines.add(text.name() + '=' + GoldenBytes.text(template, text)));
        return lines;
    }

    private static Map<String, byte[]> golden() {
        final Map<String, byte[]> bytes = new LinkedHashMap<>();
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream("golden-1.txt")) {
            assertNotNull(in);
            for (final String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                bytes.put(line.substring(0, line.indexOf(' ')), HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1)));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }
}

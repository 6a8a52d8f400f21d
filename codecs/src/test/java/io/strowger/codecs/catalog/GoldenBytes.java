package io.strowger.codecs.catalog;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the golden bytes of the schema's current version: one line a template, its name and the hex of one signal, made by the generated
 * encoders from fixed values. They are committed once a version is released ({@code golden-1.txt}) and never made again:
 *
 * <pre>
 *   mvn -q -pl codecs test-compile exec:java@golden
 * </pre>
 *
 * <p>does it for the version under work, together with the copy of its schema.
 */
public final class GoldenBytes {
    /** Some instant of 2023, in nanoseconds. */
    private static final long SOME_TIME = 1_700_000_000_123_456_789L;

    private static final String FLYWEIGHTS = "io.strowger.codecs.sbe.";

    private GoldenBytes() {
    }

    /**
     * Writes {@code golden-N.txt} and {@code signals-N.xml}.
     *
     * @param args the directory.
     */
    public static void main(final String[] args) throws IOException, ReflectiveOperationException {
        final int version = SignalCatalog.current().version();
        final List<String> lines = new ArrayList<>();
        for (final TemplateDescriptor template : SignalCatalog.current().templates()) {
            lines.add(template.name() + ' ' + HexFormat.of().formatHex(encode(template)));
        }
        Files.write(Path.of(args[0], "golden-" + version + ".txt"), lines, StandardCharsets.UTF_8);
        Files.write(Path.of(args[0], "signals-" + version + ".xml"), SchemaFiles.schema());
    }

    /** The fixed number of a field: from its names alone, so that it stays when the schema grows. */
    static long value(final TemplateDescriptor template, final FieldDescriptor field) {
        final FieldType type = field.type();
        final int salt = 31 * template.id() + field.id();
        return switch (type.kind()) {
            case TIME -> SOME_TIME + salt;
            case ENUM -> List.copyOf(type.codes().values().keySet()).get(salt % 2);
            case SET -> 1 + salt % 3;
            case NUMBER -> Math.min(0x0102030405060708L + salt, type.primitive().max() - salt % 100);
        };
    }

    /** The fixed bytes of a text, some of them of two bytes in UTF-8. */
    static String text(final TemplateDescriptor template, final TextDescriptor text) {
        return text.name() + '-' + template.id() + "-\u00e4";
    }

    static byte[] encode(final TemplateDescriptor template) throws ReflectiveOperationException {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        final Class<?> type = Class.forName(FLYWEIGHTS + template.name() + "Encoder");
        final Class<?> headerType = Class.forName(FLYWEIGHTS + "MessageHeaderEncoder");
        final Object encoder = type.getConstructor().newInstance();
        type.getMethod("wrapAndApplyHeader", MutableDirectBuffer.class, int.class, headerType)
            .invoke(encoder, buffer, 0, headerType.getConstructor().newInstance());
        for (final FieldDescriptor field : template.fields()) {
            put(encoder, field, value(template, field));
        }
        for (final TextDescriptor text : template.texts()) {
            type.getMethod(text.name(), String.class).invoke(encoder, text(template, text));
        }
        final byte[] bytes = new byte[8 + (int)type.getMethod("encodedLength").invoke(encoder)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /**
     * Reads a signal with its generated decoder, wrapped with the block length and version that stand in its header.
     *
     * @return what it says, a line a field: name, equals sign, value.
     */
    static List<String> decode(final TemplateDescriptor template, final DirectBuffer buffer) throws ReflectiveOperationException {
        final Class<?> type = Class.forName(FLYWEIGHTS + template.name() + "Decoder");
        final Class<?> headerType = Class.forName(FLYWEIGHTS + "MessageHeaderDecoder");
        final Object decoder = type.getConstructor().newInstance();
        type.getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, headerType)
            .invoke(decoder, buffer, 0, headerType.getConstructor().newInstance());
        final List<String> lines = new ArrayList<>();
        for (final FieldDescriptor field : template.fields()) {
            lines.add(field.name() + '=' + get(decoder, field));
        }
        for (final TextDescriptor text : template.texts()) {
            lines.add(text.name() + '=' + type.getMethod(text.name()).invoke(decoder));
        }
        return lines;
    }

    private static long get(final Object decoder, final FieldDescriptor field) throws ReflectiveOperationException {
        final Class<?> type = decoder.getClass();
        return switch (field.type().kind()) {
            case ENUM -> ((Number)type.getMethod(field.name() + "Raw").invoke(decoder)).longValue();
            case SET -> {
                final Object set = type.getMethod(field.name()).invoke(decoder);
                yield ((Number)set.getClass().getMethod("getRaw").invoke(set)).longValue();
            }
            default -> ((Number)type.getMethod(field.name()).invoke(decoder)).longValue();
        };
    }

    private static void put(final Object encoder, final FieldDescriptor field, final long value) throws ReflectiveOperationException {
        if (FieldType.Kind.SET == field.type().kind()) {
            putSet(encoder.getClass().getMethod(field.name()).invoke(encoder), field.type().codes(), value);
            return;
        }
        for (final Method method : encoder.getClass().getMethods()) {
            if (method.getName().equals(field.name()) && 1 == method.getParameterCount()) {
                method.invoke(encoder, argument(method.getParameterTypes()[0], field.type(), value));
                return;
            }
        }
        throw new NoSuchMethodException(field.name());
    }

    private static Object argument(final Class<?> parameter, final FieldType type, final long value) throws ReflectiveOperationException {
        if (parameter.isEnum()) {
            return parameter.getField(type.codes().nameOf(value)).get(null);
        }
        return switch (parameter.getName()) {
            case "short" -> (Object)(short)value;
            case "int" -> (Object)(int)value;
            default -> (Object)value;
        };
    }

    private static void putSet(final Object set, final CodeList codes, final long bits)
        throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        set.getClass().getMethod("clear").invoke(set);
        for (final int bit : codes.values().keySet()) {
            if (0 != (bits & (1L << bit))) {
                set.getClass().getMethod(codes.nameOf(bit), boolean.class).invoke(set, true);
            }
        }
    }
}

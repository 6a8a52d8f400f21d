package io.strowger.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asteriskjava.util.internal.SocketConnectionFacadeImpl;
import org.asteriskjava.util.internal.streamreader.FastScanner;
import org.asteriskjava.util.internal.streamreader.FastScannerFactory;

/**
 * The parse of asterisk-java on bytes in memory, without its socket, its second thread and its queue.
 *
 * <p>What is done here: its own CRLF scanner over a UTF-8 reader gives lines; each is split at the first colon, name in lower case, both
 * trimmed, collected in a map (a list for a repeated name); at an empty line its own event builder makes the event object by reflection
 * over its setters. That is what its reader does with each line, less its timing of slow events and its hand-over to a second thread, so
 * it is faster here than where it is used. It does both more and less than a translator to facts: each known event becomes an object with
 * all its fields as Strings, of unknown ones nothing is kept.
 *
 * <p>The builder is not public, hence the method handle; a static one, which the compiler can inline. One thread.
 */
final class AsteriskJavaParser {
    private static final MethodHandle NEW_BUILDER;
    private static final MethodHandle BUILD_EVENT;

    static {
        try {
            final Class<?> builder = Class.forName("org.asteriskjava.manager.internal.EventBuilderImpl");
            final Constructor<?> constructor = builder.getDeclaredConstructor();
            constructor.setAccessible(true);
            final MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(builder, MethodHandles.lookup());
            NEW_BUILDER = lookup.unreflectConstructor(constructor).asType(MethodType.methodType(Object.class));
            final MethodHandle build = lookup.unreflect(builder.getMethod("buildEvent", Object.class, Map.class));
            BUILD_EVENT = build.asType(MethodType.methodType(Object.class, Object.class, Object.class, Map.class));
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object builder;
    private final Map<String, Object> fields = new HashMap<>();
    private long events;

    AsteriskJavaParser() {
        try {
            builder = (Object)NEW_BUILDER.invokeExact();
        } catch (final Throwable e) {
            throw new IllegalStateException("the event builder of asterisk-java can't be made", e);
        }
    }

    /**
     * Parses one whole stream.
     *
     * @param stream from its banner to its end.
     * @return events built of it.
     */
    long parse(final byte[] stream) {
        events = 0;
        fields.clear();
        final InputStreamReader reader = new InputStreamReader(new ByteArrayInputStream(stream), StandardCharsets.UTF_8);
        try (FastScanner lines = FastScannerFactory.getReader(reader, SocketConnectionFacadeImpl.CRNL_PATTERN)) {
            for (String line = lines.next(); null != line; line = lines.next()) {
                onLine(line);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private void onLine(final String line) {
        if (line.isEmpty()) {
            onBlock();
            fields.clear();
            return;
        }
        final String[] parts = line.split(":", 2);
        if (2 == parts.length) {
            final String name = parts[0].toLowerCase(Locale.ENGLISH).trim();
            if (!name.isEmpty()) {
                put(name, parts[1].trim());
            }
        }
    }

    private void put(final String name, final String value) {
        final Object present = fields.putIfAbsent(name, value);
        if (present instanceof List<?> list) {
            final List<Object> longer = new ArrayList<>(list);
            longer.add(value);
            fields.put(name, longer);
        } else if (null != present) {
            fields.put(name, new ArrayList<>(List.of(present, value)));
        }
    }

    private void onBlock() {
        if (!fields.containsKey("event")) {
            return;
        }
        try {
            final Object event = (Object)BUILD_EVENT.invokeExact(builder, (Object)this, fields);
            if (null != event) {
                events++;
            }
        } catch (final Throwable e) {
            throw new IllegalStateException("asterisk-java can't build " + fields, e);
        }
    }
}

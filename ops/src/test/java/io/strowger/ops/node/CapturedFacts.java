package io.strowger.ops.node;

import io.strowger.ops.captures.Capture;
import io.strowger.ops.ingest.AmiDialect;
import io.strowger.ops.ingest.Dialect;
import io.strowger.ops.ingest.Ingest;
import io.strowger.ops.ingest.IngestSettings;
import io.strowger.ops.ingest.IngestTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The facts of real captures, as one source says them in consecutive connections.
 */
public final class CapturedFacts implements IngestTarget {
    private static final int SOURCE = 1;
    private static final int TENANT = 1;

    private final List<UnsafeBuffer> facts = new ArrayList<>();

    private CapturedFacts() {
    }

    /**
     * Translates captures.
     *
     * @param folder to unpack them in.
     */
    public static List<UnsafeBuffer> of(final Path folder, final List<Capture> captures) {
        return of(captures.stream().flatMap(capture -> capture.unpackAll("", made(folder.resolve(capture.name()))).stream()).toList(),
            new AmiDialect(SOURCE, TENANT));
    }

    /**
     * Translates streams, consecutive connections of source and tenant 1.
     *
     * @param dialect that they speak.
     */
    public static List<UnsafeBuffer> of(final List<Path> streams, final Dialect dialect) {
        final CapturedFacts target = new CapturedFacts();
        new Ingest(new IngestSettings(streams, "pbx-1", TENANT, false), dialect, target,
            (sequence, file, offset) -> { }, () -> 0, bytes -> { }).run();
        return target.facts;
    }

    @Override
    public int sourceNumber(final int tenant, final String name) {
        return SOURCE;
    }

    @Override
    public long lastSourceSequence(final int source) {
        return -1;
    }

    @Override
    public int offer(final DirectBuffer signal, final int offset, final int length) {
        final UnsafeBuffer fact = new UnsafeBuffer(new byte[length]);
        fact.putBytes(0, signal, offset, length);
        facts.add(fact);
        return TAKEN;
    }

    @Override
    public void drain() {
    }

    @Override
    public long lastSequence() {
        return 0;
    }

    @Override
    public long chain() {
        return 0;
    }

    @Override
    public long digest() {
        return 0;
    }

    private static Path made(final Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.strowger.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does harm to copies of a journal's files.
 */
public final class Damaged {
    /** Where a block stands. */
    public record BlockPlace(Path file, long offset, int length, long firstSequence, int count) {
        /** Behind its last byte. */
        public long end() {
            return offset + length;
        }

        long lastSequence() {
            return firstSequence + count - 1;
        }
    }

    private Damaged() {
    }

    /** Every good block. */
    public static List<BlockPlace> places(final Path root) {
        final List<BlockPlace> places = new ArrayList<>();
        new JournalVerifier(root).run(new VerifyListener() {
            @Override
            public void onBlock(final Path file, final long offset, final int length, final long first, final int count) {
                places.add(new BlockPlace(file, offset, length, first, count));
            }
        });
        return places;
    }

    static VerifyReport verify(final Path root) {
        return new JournalVerifier(root).run(VerifyListener.NONE);
    }

    /** Turns bits of one byte over. */
    public static void flip(final Path file, final long offset, final int bits) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte)(one.get(0) ^ bits)).position(0);
            channel.write(one, offset);
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    static void zero(final Path file, final long from, final int length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(length), from);
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    static void write(final Path file, final long offset, final byte[] bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    static byte[] read(final Path file, final long offset, final int length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer bytes = ByteBuffer.allocate(length);
            channel.read(bytes, offset);
            return bytes.array();
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    static void cut(final Path file, final long length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    /** Copies a folder. */
    public static Path copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : (Iterable<Path>)files::iterator) {
                final Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return to;
    }
}

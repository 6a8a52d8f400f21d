package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listing is whole, or a fault of the disk that its callers know. */
class FolderListingTest {
    @TempDir
    private Path folder;

    @Test
    void shouldThrowTheDisksFaultWhenItComesInTheMiddleOfAListing() {
        final IOException fault = new IOException("input/output error");
        assertSame(fault, assertThrows(IOException.class, () -> FolderListing.read(new FailingListing(fault))));
    }

    @Test
    void shouldListNothingWhenThereIsNoSuchFolder() throws IOException {
        assertEquals(List.of(), FolderListing.of(folder.resolve("none"), "*"));
    }

    @Test
    void shouldListWhatMatches() throws IOException {
        Files.createFile(folder.resolve("a.cq4"));
        Files.createFile(folder.resolve("b.txt"));
        assertEquals(List.of(folder.resolve("a.cq4")), FolderListing.of(folder, "*.cq4"));
    }

    /** Fails behind its first name. */
    private record FailingListing(IOException fault) implements DirectoryStream<Path> {
        @Override
        public Iterator<Path> iterator() {
            return new Iterator<>() {
                private int count;

                @Override
                public boolean hasNext() {
                    if (count > 0) {
                        throw new DirectoryIteratorException(fault);
                    }
                    return true;
                }

                @Override
                public Path next() {
                    count++;
                    return Path.of("first");
                }
            };
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}

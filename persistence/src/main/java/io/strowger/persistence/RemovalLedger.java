package io.strowger.persistence;

import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.zip.CRC32C;

/**
 * What retention has removed of a generation, in {@code gen-N/removed.properties}: where the journal begins now. It is on the disk before
 * the first file goes, so whatever stands before its first file is gone for every reader, deleted or not yet.
 *
 * @param first        sequence that is still kept: the first of a block, and of a file.
 * @param chain        output chain before it.
 * @param isChainKnown false when the record before it was lost in a repair.
 * @param firstFile    name of the file that begins with it; empty when all files of the generation are kept.
 */
record RemovalLedger(long first, long chain, boolean isChainKnown, String firstFile) {
    static final String FILE_NAME = "removed.properties";

    private static final String SPARE_NAME = "removed.properties.spare";
    /** A block of most file systems, and longer than a ledger. */
    private static final int SPARE_LENGTH = 4096;

    private static final int FORMAT = 1;
    private static final String FORMAT_KEY = "format";
    private static final String FIRST_KEY = "first.sequence";
    private static final String CHAIN_KEY = "chain.before";
    private static final String FILE_KEY = "first.file";
    private static final String CRC_KEY = "crc";
    private static final int HEX = 16;

    /**
     * Reads the ledger of a generation.
     *
     * @return null when nothing was ever removed.
     * @throws JournalException when it is damaged.
     */
    static RemovalLedger read(final Path generation) {
        final Path file = generation.resolve(FILE_NAME);
        try {
            final String text = Files.readString(file);
            final Properties properties = new Properties();
            properties.load(new StringReader(text));
            return parse(text, properties);
        } catch (final NoSuchFileException ex) {
            return null;
        } catch (final IOException ex) {
            throw new JournalException("can't read " + file + ": " + ex.getMessage(), ex);
        } catch (final IllegalArgumentException ex) {
            throw new JournalException("journal damaged: " + file + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Replaces the ledger of a generation; when this returns it is on the disk. Where {@link #keepSpare} has been it needs no room.
     */
    void write(final Path generation) {
        final String text = "# Strowger journal: what came before was removed. Replaced as a whole by the program; not to be edited.\n"
            + FORMAT_KEY + '=' + FORMAT + '\n'
            + FIRST_KEY + '=' + first + '\n'
            + CHAIN_KEY + '=' + (isChainKnown ? Long.toHexString(chain) : "") + '\n'
            + FILE_KEY + '=' + firstFile + '\n';
        final String whole = text + CRC_KEY + '=' + Integer.toHexString(crc(text)) + '\n';
        try {
            DurableFiles.replace(generation.resolve(FILE_NAME), generation.resolve(SPARE_NAME),
                whole.getBytes(StandardCharsets.UTF_8));
        } catch (final IOException ex) {
            throw new JournalException("can't write " + generation.resolve(FILE_NAME) + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Puts aside the room that the next ledger takes: removal is what a full disk needs, and must not be stopped by it. Without room it
     * does nothing; the next call may find some.
     */
    static void keepSpare(final Path generation) {
        final Path spare = generation.resolve(SPARE_NAME);
        if (!Files.exists(spare)) {
            final byte[] room = new byte[SPARE_LENGTH];
            Arrays.fill(room, (byte)'\n');
            try {
                DurableFiles.replace(spare, generation.resolve(SPARE_NAME + ".tmp"), room);
            } catch (final IOException full) {
                // a removal may do without
            }
        }
    }

    /**
     * The same beginning for a copy of what is kept.
     */
    RemovalLedger ofCopy() {
        return new RemovalLedger(first, chain, isChainKnown, "");
    }

    /**
     * Whether a cycle file is removed, though it may still be there.
     */
    boolean isRemoved(final Path file) {
        return !firstFile.isEmpty() && file.getFileName().toString().compareTo(firstFile) < 0;
    }

    private static RemovalLedger parse(final String text, final Properties properties) {
        final int crcLine = text.lastIndexOf(CRC_KEY + '=');
        if (crcLine < 0 || !Integer.toHexString(crc(text.substring(0, crcLine))).equals(properties.getProperty(CRC_KEY))) {
            throw new IllegalArgumentException("checksum");
        }
        if (!Integer.toString(FORMAT).equals(properties.getProperty(FORMAT_KEY))) {
            throw new IllegalArgumentException("format " + properties.getProperty(FORMAT_KEY) + " is not known to this program");
        }
        final String chain = properties.getProperty(CHAIN_KEY);
        return new RemovalLedger(Long.parseLong(properties.getProperty(FIRST_KEY)),
            chain.isEmpty() ? 0 : Long.parseUnsignedLong(chain, HEX), !chain.isEmpty(), properties.getProperty(FILE_KEY));
    }

    private static int crc(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int)crc.getValue();
    }
}

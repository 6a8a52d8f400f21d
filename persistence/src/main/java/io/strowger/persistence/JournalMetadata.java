package io.strowger.persistence;

import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.JournalException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a journal says of itself, in {@code journal.properties}.
 *
 * @param cycle      name of the Chronicle roll cycle: fixed for the life of the journal.
 * @param hashSeed   of the keyed hashes over it.
 * @param createdMs  since 1970, for people only.
 * @param generation that counts.
 * @param gaps       sequences that repairs could not save.
 * @param unindexed  blocks, as {@code file:ordinal}, whose writer died between the block and Chronicle's index: their index entry may be
 *                   missing for ever, and that is no damage.
 * @param limits     that the first router launched on it was given and all later ones keep; null before.
 * @param written    how far its generation was on the disk for certain; null when nobody has noted that.
 */
record JournalMetadata(String cycle, long hashSeed, long createdMs, int generation, Gaps gaps, Set<String> unindexed,
                       FoldLimits limits, WrittenMark written) {
    /** Version of the folder's layout. */
    static final int FORMAT = 1;

    private static final String FORMAT_KEY = "format";
    private static final String CYCLE_KEY = "roll.cycle";
    private static final String SEED_KEY = "hash.seed";
    private static final String CREATED_KEY = "created.ms";
    private static final String GENERATION_KEY = "generation";
    private static final String MISSING_KEY = "missing";
    private static final String UNINDEXED_KEY = "unindexed";
    private static final String WRITTEN_KEY = "written";
    private static final String SESSIONS_KEY = "fold.sessions";
    private static final String USERS_KEY = "fold.users";
    private static final String GROUPS_KEY = "fold.groups";
    private static final String SOURCES_KEY = "fold.sources";
    private static final String ACTIONS_KEY = "fold.actions";
    private static final String TENANT_ACTIONS_KEY = "fold.actions.tenant";
    private static final String BLOCK_SIZE_KEY = "block.size";

    JournalMetadata withGeneration(final int next, final Gaps missing) {
        return new JournalMetadata(cycle, hashSeed, createdMs, next, missing, Set.of(), limits, null);
    }

    JournalMetadata withLimits(final FoldLimits newLimits) {
        return new JournalMetadata(cycle, hashSeed, createdMs, generation, gaps, unindexed, newLimits, written);
    }

    JournalMetadata withUnindexed(final Set<String> more) {
        final Set<String> all = new TreeSet<>(unindexed);
        all.addAll(more);
        return new JournalMetadata(cycle, hashSeed, createdMs, generation, gaps, all, limits, written);
    }

    JournalMetadata withWritten(final WrittenMark mark) {
        return new JournalMetadata(cycle, hashSeed, createdMs, generation, gaps, unindexed, limits, mark);
    }

    void write(final Path file) {
        final String text = "# Strowger journal. Replaced as a whole by the program; not to be edited.\n"
            + FORMAT_KEY + '=' + FORMAT + '\n'
            + CYCLE_KEY + '=' + cycle + '\n'
            + SEED_KEY + '=' + Long.toHexString(hashSeed) + '\n'
            + CREATED_KEY + '=' + createdMs + '\n'
            + GENERATION_KEY + '=' + generation + '\n'
            + MISSING_KEY + '=' + gaps + '\n'
            + UNINDEXED_KEY + '=' + String.join(",", unindexed) + '\n'
            + (null == written ? "" : WRITTEN_KEY + '=' + written + '\n')
            + (null == limits ? "" : text(limits));
        try {
            DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (final IOException ex) {
            throw new JournalException("can't write " + file + ": " + ex.getMessage(), ex);
        }
    }

    static JournalMetadata read(final Path file) {
        final Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            final String format = value(properties, FORMAT_KEY);
            if (!Integer.toString(FORMAT).equals(format)) {
                throw new JournalException(file + ": format " + format + " is not known to this program (it knows " + FORMAT + ")");
            }
            final Set<String> unindexed = new TreeSet<>();
            for (final String entry : properties.getProperty(UNINDEXED_KEY, "").split(",", -1)) {
                if (!entry.isEmpty()) {
                    unindexed.add(entry);
                }
            }
            return new JournalMetadata(value(properties, CYCLE_KEY), Long.parseUnsignedLong(value(properties, SEED_KEY), 16),
                Long.parseLong(value(properties, CREATED_KEY)), Integer.parseInt(value(properties, GENERATION_KEY)),
                Gaps.parse(properties.getProperty(MISSING_KEY, "")), unindexed, limits(properties),
                WrittenMark.parse(properties.getProperty(WRITTEN_KEY, "")));
        } catch (final IOException ex) {
            throw new JournalException("no journal at " + file.getParent() + ": can't read " + file.getFileName(), ex);
        } catch (final IllegalArgumentException ex) {
            throw new JournalException(file + " is damaged: " + ex.getMessage(), ex);
        }
    }

    private static String text(final FoldLimits limits) {
        return SESSIONS_KEY + '=' + limits.sessions() + '\n'
            + USERS_KEY + '=' + limits.users() + '\n'
            + GROUPS_KEY + '=' + limits.groups() + '\n'
            + SOURCES_KEY + '=' + limits.sources() + '\n'
            + ACTIONS_KEY + '=' + limits.actions() + '\n'
            + TENANT_ACTIONS_KEY + '=' + limits.actionsPerTenant() + '\n'
            + BLOCK_SIZE_KEY + '=' + limits.blockSize() + '\n';
    }

    private static FoldLimits limits(final Properties properties) {
        if (null == properties.getProperty(SESSIONS_KEY)) {
            return null;
        }
        return new FoldLimits(number(properties, SESSIONS_KEY), number(properties, USERS_KEY), number(properties, GROUPS_KEY),
            number(properties, SOURCES_KEY), actions(properties), actionsPerTenant(properties), number(properties, BLOCK_SIZE_KEY));
    }

    /** Journals from before there were actions do not say, and hold none. */
    private static int actions(final Properties properties) {
        return null == properties.getProperty(ACTIONS_KEY) ? FoldLimits.DEFAULT.actions() : number(properties, ACTIONS_KEY);
    }

    private static int actionsPerTenant(final Properties properties) {
        return null == properties.getProperty(TENANT_ACTIONS_KEY) ? FoldLimits.half(actions(properties))
            : number(properties, TENANT_ACTIONS_KEY);
    }

    private static int number(final Properties properties, final String key) {
        return Integer.parseInt(value(properties, key));
    }

    private static String value(final Properties properties, final String key) {
        final String value = properties.getProperty(key);
        if (null == value) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }
}

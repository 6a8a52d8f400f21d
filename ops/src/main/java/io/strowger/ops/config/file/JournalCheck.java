package io.strowger.ops.config.file;

import io.strowger.ops.config.PhoneConfig;
import io.strowger.ops.config.RouterConfig;
import io.strowger.ops.config.ServerConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.receiver.PhoneSettings;
import io.strowger.persistence.ChronicleJournal;
import io.strowger.router.journal.FoldLimits;
import io.strowger.router.journal.Journal;
import io.strowger.router.journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether the router can be as large as the configuration wants it: as the journal that is there was begun, and large enough for its
 * sources. The journal is only looked at, without its lock.
 */
final class JournalCheck {
    private static final String AT = "/journal/directory";
    private static final Pattern COMMA = Pattern.compile(",");

    private final Complaints complaints;

    JournalCheck(final Complaints complaints) {
        this.complaints = complaints;
    }

    void check(final ServerConfig config) {
        if (null == config.journal() || null == config.journal().directory()) {
            return;
        }
        final Path directory = Path.of(config.journal().directory());
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            complaints.add(AT, directory + " is no folder");
            return;
        }
        final FoldLimits kept = kept(directory);
        if (null != kept) {
            final RouterConfig asked = config.router();
            compare(asked.sessions(), kept.sessions(), "sessions", directory);
            compare(asked.users(), kept.users(), "users", directory);
            compare(asked.groups(), kept.groups(), "groups", directory);
            compare(asked.sources(), kept.sources(), "sources", directory);
            compare(asked.actions(), kept.actions(), "actions", directory);
        }
        checkSources(config, null == kept ? FoldLimits.DEFAULT : kept);
    }

    /** Null where there is none, or it says none. */
    private FoldLimits kept(final Path directory) {
        if (!ChronicleJournal.exists(directory)) {
            return null;
        }
        try (Journal journal = ChronicleJournal.openReadOnly(directory)) {
            return journal.limits();
        } catch (final JournalException e) {
            complaints.warn(AT, "can't see which sizes it was begun with: " + e.getMessage());
            return null;
        }
    }

    private void compare(final Integer asked, final int kept, final String name, final Path directory) {
        if (null != asked && asked != kept) {
            complaints.add("/router/" + name, "is " + asked + ", but the journal in " + directory + " was begun with " + kept
                + " and keeps that: say " + kept + " or nothing, or name a new folder in journal.directory"
                + " (ops/docs/server.md, \"Sizes\", says what that costs)");
        }
    }

    private void checkSources(final ServerConfig config, final FoldLimits limits) {
        final int most = null == config.router().sources() ? limits.sources() : config.router().sources();
        long least = 0;
        long possible = 0;
        for (final SourceConfig source : config.sources()) {
            final PhoneConfig fleet = fleet(source);
            final long named = null == fleet ? 1 : named(fleet);
            final long room = null == fleet ? 1 : most(fleet);
            least += Math.max(1, Math.min(named, room));
            possible += 0 == named ? room : Math.min(named, room);
        }
        final String at = null == config.router().sources() ? "/sources" : "/router/sources";
        if (least > most) {
            complaints.add(at, "there are " + least + " sources and phones of fleets, and the router has room for " + most
                + ": say router.sources");
        } else if (possible > most) {
            complaints.warn(at, "with all phones that its fleets may have there are " + possible
                + " sources, and the router has room for " + most + ": say router.sources");
        }
    }

    /** Null for what is one source in the router, and no more. */
    private static PhoneConfig fleet(final SourceConfig source) {
        if (SourceDialect.ACTION_URL != source.dialect() || null == source.accept()) {
            return null;
        }
        final PhoneConfig phone = null == source.accept().phone() ? PhoneConfig.DEFAULT : source.accept().phone();
        final boolean isNamed = null == phone.users() && null != source.name() && source.name().matches("[0-9]{2,6}");
        return null != phone.user() || isNamed ? null : phone;
    }

    /** How many phones it has by name; 0 when not all are named. */
    private static long named(final PhoneConfig fleet) {
        return null == fleet.users() || fleet.users().indexOf('*') >= 0 ? 0
            : Math.max(1, COMMA.splitAsStream(fleet.users()).map(String::strip).filter(Predicate.not(String::isEmpty)).distinct().count());
    }

    private static long most(final PhoneConfig fleet) {
        return null == fleet.most() ? PhoneSettings.MOST_DEFAULT : fleet.most();
    }
}

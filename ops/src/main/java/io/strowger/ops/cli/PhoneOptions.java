package io.strowger.ops.cli;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.actionurl.ActionUrlSettings;
import io.strowger.codecs.actionurl.ActionUrlTemplate;
import io.strowger.ops.console.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What must be known of the phone whose action URLs are ingested: in a server its credential says it. */
final class PhoneOptions {
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,6}");

    @Option(names = "--user", paramLabel = "U",
        description = "action-url: whose phone it is (default: the source's name when that is an extension of 2 to 6 digits)")
    private String user;

    @Option(names = "--device", paramLabel = "D", description = "action-url: name of the phone (default: the source's name)")
    private String device;

    @Option(names = "--maker", paramLabel = "yealink|snom|grandstream|polycom|generic",
        description = "action-url: how the phone tells what happens (default: generic)")
    private String maker;

    @Option(names = "--covered-by", paramLabel = "SOURCE",
        description = "action-url: name of the source that speaks for the phone's user while that one is up")
    private String coveredBy;

    /**
     * The settings of the phone's translator.
     *
     * @param source     its number.
     * @param sourceName its name.
     * @throws UsageException when something is missing or can't be.
     */
    ActionUrlSettings settings(final int source, final int tenant, final String sourceName) {
        final ActionUrlTemplate template = ActionUrlTemplate.named(null == maker ? "generic" : maker);
        if (null == template) {
            throw new UsageException("--maker must be yealink, snom, grandstream, polycom or generic, not " + maker);
        }
        if (null == user && !EXTENSION.matcher(sourceName).matches()) {
            throw new UsageException("--format action-url needs --user: the source's name is no extension: " + sourceName);
        }
        if (null != coveredBy && (coveredBy.isBlank() || tooLong(coveredBy) || coveredBy.equals(sourceName))) {
            throw new UsageException("--covered-by needs the name of another source");
        }
        try {
            return ActionUrlSettings.of(source, tenant, null == user ? sourceName : user, null == device ? sourceName : device, template);
        } catch (final IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** The name of the source that covers the phone, empty for none. */
    String coveredBy() {
        return null == coveredBy ? "" : coveredBy;
    }

    /**
     * Refuses what only a phone has.
     *
     * @param format that is no phone's.
     */
    void refuse(final String format) {
        if (null != user || null != device || null != maker || null != coveredBy) {
            throw new UsageException("--user, --device, --maker and --covered-by are of --format action-url, not of " + format);
        }
    }

    private static boolean tooLong(final String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > SignalLayout.MAX_NATIVE_ID_LENGTH;
    }
}

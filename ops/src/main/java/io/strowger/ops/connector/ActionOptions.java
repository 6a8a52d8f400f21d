package io.strowger.ops.connector;

import static io.strowger.codecs.ami.AmiActionSettings.Membership.DYNAMIC;
import static io.strowger.codecs.ami.AmiActionSettings.Membership.STATIC;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.ami.AmiActionSettings;
import io.strowger.codecs.esl.EslActionSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How actions become commands, as an operator says it: the options of a dialect by name, and what each does to its settings. The same
 * thing has the same name in both dialects.
 *
 * <p>Immutable; any thread.
 *
 * @param <S> the settings of the dialect's actions.
 */
public final class ActionOptions<S> {
    /** Of the users of a FreeSWITCH server; its host where nothing is said. */
    public static final String DOMAIN = "domain";

    /** Of an Asterisk server. */
    public static final ActionOptions<AmiActionSettings> AMI =
        new ActionOptions<>(() -> new AmiActionSettings(ActionLimits.of(0, 0)))
            .with("context", AmiActionSettings::context)
            .with("device", AmiActionSettings::device)
            .with("trunk", AmiActionSettings::trunk)
            .with("ringTimeout", (settings, value) -> settings.ringTimeoutMs(seconds(value) * 1_000))
            .with("recordingFolder", AmiActionSettings::recordingFolder)
            .with("recordingFormat", AmiActionSettings::recordingFormat)
            .with("faxFolder", AmiActionSettings::faxFolder)
            .with("messageTo", AmiActionSettings::messageTo)
            .with("messageFrom", AmiActionSettings::messageFrom)
            .with("forwardFamily", AmiActionSettings::forwardFamily)
            .with("parkNumber", AmiActionSettings::parkNumber)
            .with("parkingLot", AmiActionSettings::parkingLot)
            .with("membership", (settings, value) -> settings.membership(isFirst("static", "dynamic", value) ? STATIC : DYNAMIC))
            .with("answersByNotify", (settings, value) -> settings.answersByNotify(isFirst("true", "false", value)));

    /** Of a FreeSWITCH server; the domain comes first, as the defaults of others hang on it. */
    public static final ActionOptions<EslActionSettings> ESL =
        new ActionOptions<>(() -> new EslActionSettings(ActionLimits.of(0, 0), "localhost"))
            .with(DOMAIN, (settings, value) -> new EslActionSettings(settings.limits(), value))
            .with("dialplan", EslActionSettings::dialplan)
            .with("context", EslActionSettings::context)
            .with("device", EslActionSettings::device)
            .with("trunk", EslActionSettings::trunk)
            .with("attendedTarget", EslActionSettings::attendedTarget)
            .with("ringTimeout", (settings, value) -> settings.ringTimeoutSeconds(seconds(value)))
            .with("recordingFolder", EslActionSettings::recordingFolder)
            .with("recordingFormat", EslActionSettings::recordingFormat)
            .with("faxFolder", EslActionSettings::faxFolder)
            .with("messageTo", EslActionSettings::messageTo)
            .with("messageFrom", EslActionSettings::messageFrom)
            .with("messageProtocol", EslActionSettings::messageProtocol)
            .with("forwardRealm", EslActionSettings::forwardRealm)
            .with("agent", EslActionSettings::agent)
            .with("queue", EslActionSettings::queue);

    private static final int MOST_SECONDS = 3_600;

    private final Supplier<S> defaults;
    private final Map<String, BiFunction<S, String, S>> setters = new LinkedHashMap<>();

    private ActionOptions(final Supplier<S> defaults) {
        this.defaults = defaults;
    }

    /**
     * Those of a dialect.
     *
     * @throws IllegalArgumentException for Kamailio, which takes no commands.
     */
    public static ActionOptions<?> of(final ConnectorDialect dialect) {
        return switch (dialect) {
            case AMI -> AMI;
            case ESL -> ESL;
            case KAMAILIO -> throw new IllegalArgumentException("an evapi takes no commands");
        };
    }

    /** Names of the options. */
    public Set<String> names() {
        return Set.copyOf(setters.keySet());
    }

    /**
     * Why an option can't have a value.
     *
     * @param name of an option of this dialect.
     */
    public Optional<String> fault(final String name, final String value) {
        try {
            Objects.requireNonNull(setters.get(name).apply(defaults.get(), value));
            return Optional.empty();
        } catch (final IllegalArgumentException e) {
            final String said = String.valueOf(e.getMessage());
            return Optional.of(said.startsWith(name + ' ') ? said.substring(name.length() + 1) : said);
        }
    }

    /**
     * Settings as they are said.
     *
     * @param values by option; what is not there is as it was.
     * @return what sets them; it throws {@link IllegalArgumentException} where one can't be so.
     */
    public UnaryOperator<S> said(final Map<String, String> values) {
        return settings -> {
            S all = settings;
            for (final Map.Entry<String, BiFunction<S, String, S>> each : setters.entrySet()) {
                final String value = values.get(each.getKey());
                all = null == value ? all : each.getValue().apply(all, value);
            }
            return all;
        };
    }

    private ActionOptions<S> with(final String name, final BiFunction<S, String, S> setter) {
        setters.put(name, setter);
        return this;
    }

    private static int seconds(final String value) {
        final int seconds = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new IllegalArgumentException("is not of 1 to " + MOST_SECONDS + " whole seconds");
        }
        return seconds;
    }

    /** Whether a value is the first of the two that it may be. */
    private static boolean isFirst(final String first, final String second, final String value) {
        if (!value.equals(first) && !value.equals(second)) {
            throw new IllegalArgumentException("is neither " + first + " nor " + second);
        }
        return value.equals(first);
    }
}

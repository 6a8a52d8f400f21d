package io.strowger.ops.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.ami.AmiActionSettings;
import io.strowger.codecs.esl.EslActionSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an operator may say of how actions become commands. */
class ActionOptionsTest {
    private static final ActionLimits LIMITS = ActionLimits.of(3, 7);

    @Test
    void shouldHaveAnOptionForAllThatCanBeSet() {
        assertEquals(setters(AmiActionSettings.class), ActionOptions.AMI.names());
        final Set<String> esl = new TreeSet<>(setters(EslActionSettings.class));
        esl.add(ActionOptions.DOMAIN);
        assertEquals(esl, ActionOptions.ESL.names());
    }

    @Test
    void shouldSetWhatIsSaidAndLeaveAllElse() {
        final AmiActionSettings ami = ActionOptions.AMI.said(Map.of("ringTimeout", "20", "membership", "static", "answersByNotify", "false",
            "parkNumber", "700", "trunk", "PJSIP/{number}@carrier", "parkingLot", "lot-2", "forwardFamily", "FW"))
            .apply(new AmiActionSettings(LIMITS));
        assertEquals("20000 STATIC false 700 PJSIP/{number}@carrier lot-2 FW", String.join(" ", "" + ami.ringTimeoutMs(),
            ami.membership().name(), "" + ami.answersByNotify(), ami.parkNumber(), ami.trunk().toString(), ami.parkingLot(),
            ami.forwardFamily()));
        assertEquals("default PJSIP/{user} wav", ami.context() + " " + ami.device() + " " + ami.recordingFormat());
        final EslActionSettings esl = ActionOptions.ESL.said(Map.of("agent", "{user}@agents", ActionOptions.DOMAIN, "pbx.example",
            "ringTimeout", "20")).apply(new EslActionSettings(LIMITS, "10.0.0.5"));
        assertEquals("20 {user}@agents user/{user}@pbx.example LIMITS".replace("LIMITS", LIMITS.toString()),
            esl.ringTimeoutSeconds() + " " + esl.agent() + " " + esl.device() + " " + esl.limits());
    }

    @Test
    void shouldSayWhyAValueIsRefused() {
        for (final String seconds : List.of("0", "3601", "20.0", "-1", "30s", "", "99999999999")) {
            assertEquals(Optional.of("is not of 1 to 3600 whole seconds"), ActionOptions.AMI.fault("ringTimeout", seconds));
        }
        assertEquals(Optional.of("is neither static nor dynamic"), ActionOptions.AMI.fault("membership", "both"));
        assertEquals(Optional.of("is neither true nor false"), ActionOptions.AMI.fault("answersByNotify", "yes"));
        assertEquals(Optional.of("is empty"), ActionOptions.ESL.fault("dialplan", ""));
        assertEquals(Optional.empty(), ActionOptions.ESL.fault("dialplan", "XML"));
        assertThrows(IllegalArgumentException.class, () -> ActionOptions.of(ConnectorDialect.KAMAILIO));
    }

    /** Else it would only be found once the router has answered, where nobody hears of it. */
    @Test
    void shouldRefuseAConnectorWhoseActionsCannotBecomeCommands() {
        final ConnectorSettings settings = Site.settings(ConnectorDialect.ESL, 1).eslActions("::1", esl -> esl);
        settings.conclude();
        settings.commands(true);
        assertTrue(assertThrows(IllegalArgumentException.class, settings::conclude).getMessage().startsWith("domain can't be \"::1\": "));
        final ConnectorSettings trunk = Site.settings(ConnectorDialect.AMI, 1).amiActions(ami -> ami.trunk("PJSIP/carrier")).commands(true);
        assertThrows(IllegalArgumentException.class, trunk::conclude);
    }

    /** By the names of options: an operator says times in seconds. */
    private static Set<String> setters(final Class<?> settings) {
        return Arrays.stream(settings.getDeclaredMethods()).filter(method -> method.getReturnType() == settings)
            .map(method -> method.getName().replaceAll("(Ms|Seconds)$", "")).collect(Collectors.toCollection(TreeSet::new));
    }
}

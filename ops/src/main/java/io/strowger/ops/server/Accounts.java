package io.strowger.ops.server;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.ops.access.Credential;
import io.strowger.ops.access.CredentialLimits;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.ReadGrant;
import io.strowger.ops.config.ActConfig;
import io.strowger.ops.config.ApplicationConfig;
import io.strowger.ops.config.LimitsConfig;
import io.strowger.ops.config.TokenConfig;
import io.strowger.router.action.ActionGrant;
import java.util.List;
import java.util.Locale;

/**
 * The applications of a configuration as credentials.
 */
final class Accounts {
    private Accounts() {
    }

    static Credentials of(final List<ApplicationConfig> applications) {
        final Credentials.Builder credentials = Credentials.builder();
        for (final ApplicationConfig application : applications) {
            final Credential credential = credential(application);
            for (final TokenConfig token : application.tokens()) {
                credentials.add(token.sha256(), null == token.expires() ? Credentials.NEVER : token.expires().toEpochMilli(), credential);
            }
        }
        return credentials.build();
    }

    private static Credential credential(final ApplicationConfig application) {
        final LimitsConfig limits = application.limits();
        return new Credential(application.id(), application.tenant(),
            null == application.read() ? null : new ReadGrant(application.read().users(), application.read().groups()),
            null == application.act() ? null : grant(application, application.act()), application.operate(),
            new CredentialLimits(limits.streams(), limits.requestsPerSecond(), limits.actionsPerSecond()));
    }

    private static ActionGrant grant(final ApplicationConfig application, final ActConfig act) {
        final ActionGrant grant = ActionGrant.of(application.id(), application.tenant()).withUsers(act.users()).withGroups(act.groups());
        return null == act.actions() ? grant : grant.withActions(act.actions().stream()
            .map(name -> ActionKind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'))).toArray(ActionKind[]::new));
    }
}

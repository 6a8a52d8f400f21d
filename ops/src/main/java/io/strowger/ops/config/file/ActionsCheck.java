package io.strowger.ops.config.file;

import io.strowger.ops.config.ConnectConfig;
import io.strowger.ops.config.SourceConfig;
import io.strowger.ops.config.SourceDialect;
import io.strowger.ops.connector.ActionOptions;
import io.strowger.ops.connector.ConnectorDialect;

/**
 * What is said of how actions become commands: whether the dialect has each option, and can do with its value.
 */
final class ActionsCheck {
    private final Complaints complaints;

    ActionsCheck(final Complaints complaints) {
        this.complaints = complaints;
    }

    /**
     * Looks at those of a source that the server connects to.
     *
     * @param at its {@code connect}.
     */
    void check(final SourceConfig source, final String at) {
        final ConnectConfig connect = source.connect();
        final String actions = at + "/actions";
        if (SourceDialect.KAMAILIO == source.dialect()) {
            if (!connect.actions().isEmpty()) {
                complaints.add(actions, "evapi takes no commands");
            }
            return;
        }
        if (!connect.actions().isEmpty() && !connect.commands() && !complaints.isBroken(at + "/commands")) {
            complaints.add(actions, "needs commands: true");
        }
        final ActionOptions<?> options = ActionOptions.of(ConnectorDialect.valueOf(source.dialect().name()));
        connect.actions().forEach((name, value) -> checkOption(options, name, value, actions + '/' + name));
        final boolean isHostDomain = ActionOptions.ESL == options && connect.commands() && null != connect.address()
            && !connect.actions().containsKey(ActionOptions.DOMAIN);
        if (isHostDomain && ActionOptions.ESL.fault(ActionOptions.DOMAIN, connect.host()).isPresent()) {
            complaints.add(actions, "needs domain: no user is of " + connect.host());
        }
    }

    private void checkOption(final ActionOptions<?> options, final String name, final String value, final String at) {
        if (options.names().contains(name)) {
            options.fault(name, value).ifPresent(fault -> complaints.add(at, fault));
        } else {
            complaints.add(at, "is of dialect " + (ActionOptions.AMI == options ? "esl" : "ami") + " alone");
        }
    }
}

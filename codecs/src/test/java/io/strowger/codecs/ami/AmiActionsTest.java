package io.strowger.codecs.ami;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionConnectionContract;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.ResultLog;
import java.util.Set;

/**
 * The contract of actions, on the connection to an Asterisk server.
 */
final class AmiActionsTest extends ActionConnectionContract {
    @Override
    protected ActionConnection connection(final ActionLimits limits) {
        return new AmiActions(AmiCommands.settings(limits), ResultLog.NOW_NS);
    }

    @Override
    protected String idOf(final String command) {
        return AmiCommands.parse(command).get("ActionID");
    }

    @Override
    protected String reply(final String id, final boolean accepts) {
        return "Response: " + (accepts ? "Success" : "Error") + "\r\nActionID: " + id + "\r\nMessage: so it is\r\n\r\n";
    }

    @Override
    protected String outcome(final String id, final boolean isDone) {
        return "Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: " + id + "\r\nResponse: " +
            (isDone ? "Success" : "Failure") + "\r\nReason: 3\r\nUniqueid: " + (isDone ? id : "<unknown>") + "\r\n\r\n";
    }

    @Override
    protected String nameless() {
        return "Response: Error\r\nMessage: Permission denied\r\n\r\n";
    }

    @Override
    protected Set<String> unsupported() {
        return Set.of("TransferChat", "LogIn", "LogOff");
    }
}

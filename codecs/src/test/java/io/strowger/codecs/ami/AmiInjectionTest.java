package io.strowger.codecs.ami;

import io.strowger.codecs.action.ActionConnection;
import io.strowger.codecs.action.ActionLimits;
import io.strowger.codecs.action.InjectionContract;
import io.strowger.codecs.action.ResultLog;
import io.strowger.codecs.ami.AmiActionSettings.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * No text of an action becomes more than a value of one AMI header, nor more than one argument of what Asterisk makes of that value.
 */
final class AmiInjectionTest extends InjectionContract {
    @Override
    protected List<ActionConnection> connections(final String template) {
        final ActionLimits limits = ActionLimits.of(3, 7).withMaxPending(1);
        final ActionConnection dynamic = new AmiActions(AmiCommands.settings(limits), ResultLog.NOW_NS);
        return template.startsWith("Group") ?
            List.of(dynamic, new AmiActions(AmiCommands.settings(limits).membership(Membership.STATIC), ResultLog.NOW_NS)) :
            List.of(dynamic);
    }

    @Override
    protected List<byte[]> lines(final byte[] command) {
        return AmiCommands.lines(command);
    }

    @Override
    protected List<String> words(final String command) {
        final List<String> words = new ArrayList<>();
        for (final Map.Entry<String, String> header : AmiCommands.parse(command).entrySet()) {
            words.add(header.getKey());
            switch (header.getKey()) {
                // arguments of an application, devices dialled at once, documents of a fax
                case "File", "Data" -> words.addAll(List.of(header.getValue().split("[,|&^]", -1)));
                case "Channel", "Interface" -> words.addAll(List.of(header.getValue().split("[,&/]", -1)));
                case "Variable" -> words.addAll(List.of(header.getValue().split("[,=]", -1)));
                case "CallerID" -> words.addAll(callerId(header.getValue()));
                default -> words.add(header.getValue());
            }
        }
        return words;
    }

    /** Name and number as Asterisk takes them apart: the number behind the last angle bracket, the name without its quotes. */
    private static List<String> callerId(final String value) {
        final int bracket = value.lastIndexOf('<');
        String name = value.substring(0, bracket).strip();
        if (name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        final StringBuilder read = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '\\' && i + 1 < name.length()) {
                i++;
            }
            read.append(name.charAt(i));
        }
        final int end = value.indexOf('>', bracket);
        return List.of(read.toString(), value.substring(bracket + 1, end), value.substring(end + 1));
    }
}

package io.strowger.ops.act;

import io.strowger.codecs.action.ActionFields;
import io.strowger.codecs.catalog.CodeList;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.catalog.TextDescriptor;
import io.strowger.codecs.json.JsonNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an action of the schema asks for.
 *
 * @param action by name, as {@code hang-up}.
 * @param fields that are the action's own.
 */
public record ActionForm(String action, List<Field> fields) {
    /** What every action has, or the router fills in. */
    private static final Set<String> OF_ALL = Set.of("sourceSequence", "sourceTime", "source", "tenant", "deadline", "clientId", "key");

    /**
     * One field.
     *
     * @param name  in JSON, as {@code nativeId}.
     * @param label what may stand in it: the codes, {@code N} for a number, else {@code TEXT}.
     */
    public record Field(String name, String label) {
        /** The same as a word of the command line: {@code native-id}. */
        public String word() {
            return JsonNames.kebab(name);
        }

        /** What stands in it, for people. */
        public String meaning() {
            return switch (name) {
                case "nativeId" -> "the call leg or the chat: the nativeId of its events and of the status";
                case "user" -> "the local user who acts, or whose leg it is, as 101";
                case "number" -> "who is called, or where the call goes";
                case "name" -> "shown on the user's phone while it rings";
                case "group" -> "the help desk group or queue";
                case "device" -> "one device of the user; all of them where nothing is said";
                case "reference" -> "a file in the call router's folder: the document, or where the recording goes";
                case "text" -> "of the message";
                case "sourceName" -> "the call router that does it, by its configured name; else the one that has the leg, user or group";
                case "causeCode" -> "why, as a number of Q.850 from 0 to 127: 16 is normal, 17 busy";
                case "kind" -> "blind: at once; attended: once the user has spoken with the number; blind where nothing is said";
                default -> "";
            };
        }

        /** Whether it is a number. */
        public boolean isNumber() {
            return "N".equals(label);
        }
    }

    /** What it does and what it needs, for people. */
    public String purpose() {
        return switch (action) {
            case "generate-call" -> "Rings the user's phone, then calls the number. Needs --user and --number.";
            case "answer" -> "Has a ringing call answered. Needs --native-id; of an Asterisk --user, too, whose phone is told to.";
            case "hang-up" -> "Ends a call leg. Needs --native-id.";
            case "transfer-call" -> "Sends a call to another number. Needs --native-id and --number. With --user, whose leg it is,"
                + " his partner goes there; without, the leg itself.";
            case "forward-call" -> "Sends a ringing call to another number, or, with --user in place of --native-id, all later calls of the"
                + " user. Needs --number.";
            case "transfer-chat" -> "Hands a chat to another user or group. Needs --native-id, and --user or --group.";
            case "start-recording" -> "Records a call leg from now on. Needs --native-id.";
            case "stop-recording" -> "Ends the recording of a call leg. Needs --native-id.";
            case "log-in" -> "Says that the user is at work. Needs --user.";
            case "log-off" -> "Says that the user is gone. Needs --user.";
            case "group-log-in" -> "Has the user take calls of a group from now on. Needs --user and --group.";
            case "group-log-off" -> "Has the user take no more calls of a group. Needs --user and --group.";
            case "send-fax" -> "Sends a stored document as a fax. Needs --number and --reference, and --user or --source-name.";
            case "send-sms" -> "Sends a text message. Needs --number and --text, and --user, or --source-name where that is no FreeSWITCH.";
            default -> "";
        };
    }

    /** All fourteen, in the order of the schema. */
    public static List<ActionForm> all() {
        return IntStream.rangeClosed(ActionFields.FIRST_TEMPLATE, ActionFields.LAST_TEMPLATE)
            .mapToObj(SignalCatalog.current()::template).map(ActionForm::of).toList();
    }

    private static ActionForm of(final TemplateDescriptor template) {
        final List<Field> fields = new ArrayList<>(template.texts().stream().map(TextDescriptor::name)
            .filter(name -> !OF_ALL.contains(name)).map(name -> new Field(name, "TEXT")).toList());
        template.fields().stream().filter(field -> !OF_ALL.contains(field.name())).map(ActionForm::fixed).forEach(fields::add);
        return new ActionForm(JsonNames.kebab(template.name()), List.copyOf(fields));
    }

    private static Field fixed(final FieldDescriptor field) {
        final CodeList codes = field.type().codes();
        return new Field(field.name(), null == codes ? "N"
            : codes.values().values().stream().map(JsonNames::kebab).collect(Collectors.joining("|")));
    }
}

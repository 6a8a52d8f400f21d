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
                case "nativeId" -> "the leg or chat, by the source's own id: nativeId of its events";
                case "user" -> "the local user who acts, or whose leg it is";
                case "number" -> "who is called, or where to";
                case "name" -> "shown on the user's phone";
                case "group" -> "help desk group or queue";
                case "device" -> "of the user; all of them where nothing is said";
                case "reference" -> "file: of the document, or of the recording";
                case "text" -> "of the message";
                case "sourceName" -> "the call router that does it; else the one that has the leg, user or group";
                case "causeCode" -> "of Q.850, 0 to 127";
                case "kind" -> "of transfer; blind where nothing is said";
                default -> "";
            };
        }

        /** Whether it is a number. */
        public boolean isNumber() {
            return "N".equals(label);
        }
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

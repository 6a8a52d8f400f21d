package io.strowger.codecs.json;

import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.TemplateDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One template with its names in JSON: the members of {@code data} are the fixed fields, then the texts, numbered through from 0.
 * Immutable; any thread.
 */
final class TemplateJson {
    static final String TYPE_PREFIX = "signal.";

    private static final List<String> SUBJECTS = List.of("user", "localUser", "group", "nativeId");

    private final TemplateDescriptor template;
    private final String type;
    private final Map<String, Integer> members = new HashMap<>();
    private final int[] subjects;
    private final int sourceName;
    private final int eventType;

    TemplateJson(final TemplateDescriptor template) {
        this.template = template;
        this.type = TYPE_PREFIX + JsonNames.kebab(template.name());
        final List<FieldDescriptor> fields = template.fields();
        for (int i = 0; i < fields.size(); i++) {
            members.put(fields.get(i).name(), i);
        }
        for (int i = 0; i < template.texts().size(); i++) {
            members.put(template.texts().get(i).name(), fields.size() + i);
        }
        subjects = SUBJECTS.stream().mapToInt(template::textIndex).filter(index -> index >= 0).toArray();
        sourceName = template.textIndex("sourceName");
        eventType = "Event".equals(template.name()) ? members.get("eventType") : -1;
    }

    TemplateDescriptor template() {
        return template;
    }

    /** The CloudEvents type, unless it is an event of a known type. */
    String type() {
        return type;
    }

    /** The number of a member of data, null when there is none. */
    Integer member(final String name) {
        return members.get(name);
    }

    /** The texts that may name what the signal is about, the best first. */
    int[] subjects() {
        return subjects;
    }

    /** The text that names the source, or -1. */
    int sourceName() {
        return sourceName;
    }

    /** The field that tells the type of an event, or -1 when the template is not Event. */
    int eventType() {
        return eventType;
    }
}

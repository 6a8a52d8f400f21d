package io.strowger.codecs.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Says what a new version of the schema does that readers or data of an older one do not survive.
 *
 * <p>Legal is: fields at the end of a block, texts at the end of a message, new codes of enums and sets, new templates; each with a
 * sinceVersion above the old version (codes need none), and together with a higher schema version. Nothing else.
 */
final class SchemaEvolution {
    private final SignalCatalog old;
    private final SignalCatalog next;
    private final List<String> illegal = new ArrayList<>();
    private boolean changed;

    private SchemaEvolution(final SignalCatalog old, final SignalCatalog next) {
        this.old = old;
        this.next = next;
    }

    /**
     * Compares two versions.
     *
     * @return one sentence for each illegal change; empty when all is legal.
     */
    static List<String> illegalChanges(final SignalCatalog old, final SignalCatalog next) {
        return new SchemaEvolution(old, next).run();
    }

    private List<String> run() {
        require(old.schemaId() == next.schemaId(), "the schema id has changed");
        require(next.version() >= old.version(), "the version has gone back");
        old.codeLists().values().forEach(this::compareCodes);
        old.templates().forEach(this::compareTemplate);
        for (final TemplateDescriptor template : next.templates()) {
            if (null == old.template(template.id())) {
                changed = true;
                requireNew(template.sinceVersion(), template.name());
            }
        }
        require(!changed || next.version() > old.version(), "the schema has changed, its version has not");
        return illegal;
    }

    private void compareCodes(final CodeList list) {
        final CodeList now = next.codeLists().get(list.name());
        if (null == now) {
            illegal.add("enum or set " + list.name() + " is gone");
            return;
        }
        require(list.primitive() == now.primitive(), list.name() + " has another primitive type");
        for (final Map.Entry<Integer, String> value : list.values().entrySet()) {
            require(Objects.equals(value.getValue(), now.nameOf(value.getKey())),
                list.name() + '.' + value.getValue() + " is no longer " + value.getKey());
        }
        changed |= now.values().size() != list.values().size();
    }

    private void compareTemplate(final TemplateDescriptor template) {
        final TemplateDescriptor now = next.template(template.id());
        if (null == now) {
            illegal.add("template " + template.name() + " is gone");
            return;
        }
        final String name = template.name();
        require(name.equals(now.name()), "template id " + template.id() + " of " + name + " is used again for " + now.name());
        require(template.sinceVersion() == now.sinceVersion(), name + " has another sinceVersion");
        require(now.blockLength() >= template.blockLength(), name + " has a shorter block");
        changed |= now.blockLength() != template.blockLength();
        compareFields(template, now);
        compareTexts(template, now);
    }

    private void compareFields(final TemplateDescriptor template, final TemplateDescriptor now) {
        final int size = template.fields().size();
        for (int i = 0; i < now.fields().size(); i++) {
            final FieldDescriptor field = now.fields().get(i);
            final String name = now.name() + '.' + field.name();
            if (i < size) {
                compareField(template.fields().get(i), field, name);
            } else {
                changed = true;
                requireNew(field.sinceVersion(), name);
                require(field.offset() >= template.blockLength(), name + " stands in the old block");
                require(field.type().optional() || FieldType.Kind.SET == field.type().kind(), name + " is new and not optional");
            }
        }
        require(now.fields().size() >= size, now.name() + " has lost a field");
    }

    private void compareField(final FieldDescriptor field, final FieldDescriptor now, final String name) {
        require(field.name().equals(now.name()) && field.id() == now.id(), now.name() + " stands in the place of " + field.name());
        require(field.offset() == now.offset(), name + " has moved");
        require(field.sinceVersion() == now.sinceVersion(), name + " has another sinceVersion");
        final FieldType type = field.type();
        final FieldType typeNow = now.type();
        require(type.name().equals(typeNow.name()) && type.primitive() == typeNow.primitive() && type.kind() == typeNow.kind(),
            name + " has another type");
        require(type.optional() == typeNow.optional() && type.nullValue() == typeNow.nullValue(), name + " has another null value");
    }

    private void compareTexts(final TemplateDescriptor template, final TemplateDescriptor now) {
        final int size = template.texts().size();
        for (int i = 0; i < now.texts().size(); i++) {
            final TextDescriptor text = now.texts().get(i);
            if (i < size) {
                require(text.equals(template.texts().get(i)), now.name() + '.' + text.name() + " stands in the place of "
                    + template.texts().get(i).name());
            } else {
                changed = true;
                requireNew(text.sinceVersion(), now.name() + '.' + text.name());
            }
        }
        require(now.texts().size() >= size, now.name() + " has lost a text");
    }

    private void requireNew(final int sinceVersion, final String name) {
        require(sinceVersion > old.version() && sinceVersion <= next.version(), name + " is new without a sinceVersion that says so");
    }

    private void require(final boolean condition, final String change) {
        if (!condition) {
            illegal.add(change);
        }
    }
}

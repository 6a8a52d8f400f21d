package io.strowger.codecs.catalog;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All templates of one version of the schema.
 *
 * <p>Immutable; any thread.
 */
public final class SignalCatalog {
    private final int schemaId;
    private final int version;
    private final List<TemplateDescriptor> templates;
    private final Map<String, CodeList> codeLists;
    private final Map<String, TemplateDescriptor> byName = new HashMap<>();
    private final TemplateDescriptor[] byId;

    SignalCatalog(final int schemaId, final int version, final List<TemplateDescriptor> templates, final Map<String, CodeList> codeLists) {
        this.schemaId = schemaId;
        this.version = version;
        this.templates = List.copyOf(templates);
        this.codeLists = Map.copyOf(codeLists);
        int last = 0;
        for (final TemplateDescriptor template : templates) {
            last = Math.max(last, template.id());
        }
        byId = new TemplateDescriptor[last + 1];
        for (final TemplateDescriptor template : templates) {
            if (null != byId[template.id()] || null != byName.put(template.name(), template)) {
                throw new IllegalArgumentException("template id or name used twice: " + template.name());
            }
            byId[template.id()] = template;
        }
    }

    /**
     * The catalog of the schema this program was built with; read once.
     */
    public static SignalCatalog current() {
        return Holder.CURRENT;
    }

    /**
     * Reads a schema.
     *
     * @param xml the SBE schema; no document type, no entities.
     * @throws IllegalArgumentException when it is no SBE schema, or not of the shape all signals have: flat messages, the texts and the
     *                                  header that {@link io.strowger.codecs.SignalLayout} draws.
     */
    public static SignalCatalog read(final InputStream xml) {
        return new CatalogReader(xml).catalog();
    }

    /** The schema id in every header. */
    public int schemaId() {
        return schemaId;
    }

    /** The schema version this catalog describes. */
    public int version() {
        return version;
    }

    /** All templates in the order of the schema. */
    public List<TemplateDescriptor> templates() {
        return templates;
    }

    /** All enums and sets by name. */
    public Map<String, CodeList> codeLists() {
        return codeLists;
    }

    /** The greatest template id. */
    public int maxTemplateId() {
        return byId.length - 1;
    }

    /**
     * Finds a template by its id.
     *
     * @param id any number.
     * @return null when there is none.
     */
    public TemplateDescriptor template(final int id) {
        return id >= 0 && id < byId.length ? byId[id] : null;
    }

    /**
     * Finds a template by its name in the schema.
     *
     * @return null when there is none.
     */
    public TemplateDescriptor template(final String name) {
        return byName.get(name);
    }

    private static final class Holder {
        static final SignalCatalog CURRENT = read(new ByteArrayInputStream(SchemaFiles.schema()));
    }
}

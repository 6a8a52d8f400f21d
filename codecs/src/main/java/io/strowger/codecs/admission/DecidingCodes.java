package io.strowger.codecs.admission;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.FieldType;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.TemplateDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.UnsafeApi;

/**
 * The fields that say what has happened: a chat was cleared, a screen is shared, a device is gone. A fact that leaves one out, or has a
 * code that the schema lacks, says nothing, and must not be taken for any of the known cases.
 *
 * <p>Immutable; any thread; no allocation once made.
 */
public final class DecidingCodes {
    private static final Map<String, List<String>> FIELDS = Map.ofEntries(
        Map.entry("Dial", List.of("phase")),
        Map.entry("Bridge", List.of("action", "bridgeKind")),
        Map.entry("Hold", List.of("action")),
        Map.entry("Queue", List.of("action")),
        Map.entry("Park", List.of("action")),
        Map.entry("Transfer", List.of("result")),
        Map.entry("Conference", List.of("action")),
        Map.entry("Recording", List.of("action")),
        Map.entry("GroupMembership", List.of("action")),
        Map.entry("Registration", List.of("action")),
        Map.entry("Message", List.of("media", "direction")),
        Map.entry("Fax", List.of("action")),
        Map.entry("ScreenSharing", List.of("action")),
        Map.entry("Chat", List.of("action")),
        Map.entry("HistoryItem", List.of("kind")));

    /** The most of them that a template has. */
    private static final int SLOTS = 2;
    private static final int NO_FIELD = 0;

    private final int stride;
    private final int[] offsets;
    private final long[] known;

    DecidingCodes(final SignalCatalog catalog) {
        this(catalog, FIELDS);
    }

    /**
     * The deciding fields of a schema.
     *
     * @param deciding names of them by template.
     * @throws IllegalArgumentException when the schema lacks one, or one or their number is not what {@link #of} promises.
     */
    DecidingCodes(final SignalCatalog catalog, final Map<String, List<String>> deciding) {
        deciding.keySet().forEach(name -> require(null != catalog.template(name), "no template " + name));
        stride = catalog.maxTemplateId() + 1;
        offsets = new int[SLOTS * stride * (catalog.version() + 1)];
        known = new long[offsets.length];
        for (final TemplateDescriptor template : catalog.templates()) {
            for (int version = 0; version <= catalog.version(); version++) {
                put(SLOTS * (version * stride + template.id()), of(template, deciding), version);
            }
        }
    }

    /**
     * The deciding fields of a template.
     *
     * @return at most two, one byte each, of an enum with codes below 64; none for most templates.
     * @throws IllegalArgumentException when the template is of a schema that lacks one of them.
     */
    public static List<FieldDescriptor> of(final TemplateDescriptor template) {
        return of(template, FIELDS);
    }

    private static List<FieldDescriptor> of(final TemplateDescriptor template, final Map<String, List<String>> deciding) {
        final List<FieldDescriptor> fields = new ArrayList<>();
        for (final String name : deciding.getOrDefault(template.name(), List.of())) {
            final FieldDescriptor field = template.field(name);
            require(null != field, "no field " + name + " in " + template.name());
            require(FieldType.Kind.ENUM == field.type().kind() && Byte.BYTES == field.type().primitive().size(),
                name + " of " + template.name() + " is no enum of one byte");
            fields.add(field);
        }
        require(fields.size() <= SLOTS, template.name() + " has more than " + SLOTS + " deciding fields");
        return fields;
    }

    private static void require(final boolean condition, final String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * Whether all of them have a code of the schema.
     *
     * @param array of the signal, or null when it is not on the heap.
     * @param start address of its header; its block is known to be as long as its version wants.
     */
    boolean areStated(final byte[] array, final long start, final int version, final int template) {
        final int first = SLOTS * (version * stride + template);
        for (int i = first; i < first + SLOTS; i++) {
            if (NO_FIELD == offsets[i]) {
                return true;
            }
            final int code = UnsafeApi.getByte(array, start + offsets[i]) & 0xFF;
            if (code >= Long.SIZE || 0 == (known[i] >>> code & 1)) {
                return false;
            }
        }
        return true;
    }

    private void put(final int first, final List<FieldDescriptor> fields, final int version) {
        int slot = first;
        for (final FieldDescriptor field : fields) {
            if (field.sinceVersion() <= version) {
                offsets[slot] = SignalLayout.HEADER_LENGTH + field.offset();
                for (final int code : field.type().codes().values().keySet()) {
                    require(code >= 0 && code < Long.SIZE, "code " + code + " of " + field.name() + " is not below " + Long.SIZE);
                    known[slot] |= 1L << code;
                }
                slot++;
            }
        }
    }
}

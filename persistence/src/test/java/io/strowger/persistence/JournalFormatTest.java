package io.strowger.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.CodeList;
import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.EventDecoder;
import io.strowger.persistence.tail.EventText;
import io.strowger.router.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on the journal's format says what is written: its example byte by byte, its tables line by line. */
class JournalFormatTest {
    private static final Path PAGE = Path.of("docs", "journal-format.md");
    private static final Pattern BYTES = Pattern.compile("([0-9a-f]{4})  ((?:[0-9a-f]{2} )*[0-9a-f]{2})(?:  .*)?");
    private static final Pattern FIELD = Pattern.compile("\\| (\\d+) \\| ([iu]\\d+) \\| (\\w+) \\| (?:-2\\^(\\d+)|(\\d*)) ?\\|");
    private static final Pattern CODE = Pattern.compile("(\\d+) ([a-z.-]+)");

    private final SignalCatalog catalog = SignalCatalog.current();

    @Test
    void shouldShowTheBytesOfTheFileWhenTheBlockOfTheExampleIsWritten(@TempDir final Path directory) throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(Blocks.context(directory))) {
            SampleBlock.append(journal);
        }
        final Damaged.BlockPlace place = Damaged.places(directory).get(0);
        final byte[] written = Damaged.read(place.file(), place.offset() - Integer.BYTES, Integer.BYTES + place.length());
        assertEquals(HexFormat.of().formatHex(written), example());
    }

    @Test
    void shouldListTheFieldsOfAnEventWhenTheSchemaIsRead() throws IOException {
        final TemplateDescriptor event = catalog.template(EventDecoder.TEMPLATE_ID);
        final List<String> fields = new ArrayList<>();
        for (final String line : section("## An event")) {
            final Matcher row = FIELD.matcher(line);
            if (row.matches()) {
                final Long nullValue = null != row.group(4) ? Long.valueOf(-(1L << Integer.parseInt(row.group(4))))
                    : row.group(5).isEmpty() ? null : Long.valueOf(row.group(5));
                fields.add(row.group(1) + ' ' + row.group(2) + ' ' + row.group(3) + ' ' + nullValue);
            }
        }
        assertEquals(event.fields().stream().map(JournalFormatTest::row).toList(), fields);
        final String texts = "Texts: " + String.join(", ", event.texts().stream().map(text -> text.name()).toList()) + '.';
        assertTrue(section("## An event").contains(texts), texts);
        assertEquals(event.texts().stream().map(text -> kebab(text.name()).replace('-', '_').toUpperCase(Locale.ROOT)).toList(),
            Arrays.stream(EventText.values()).map(Enum::name).toList());
    }

    @Test
    void shouldListEveryCodeWhenTheSchemaIsRead() throws IOException {
        final Map<Integer, String> outcomes = new TreeMap<>();
        for (final Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.code(), kebab(outcome.name()));
        }
        assertEquals(outcomes, codes("- Outcome: "));
        for (final String name : List.of("RejectReason", "EventType", "Media", "Direction", "ConnectionState", "Cause", "Reason")) {
            assertEquals(names(catalog.codeLists().get(name)), codes("- " + name + ": "), name);
        }
        assertEquals(names(catalog.codeLists().get("EventFlags")), codes("- EventFlags (bits): "));
        assertEquals(Map.of(1, "input", 2, "derived", 3, "continue"), codes("- Record type: "));
    }

    private static String row(final FieldDescriptor field) {
        final String primitive = field.type().primitive().name().toLowerCase(Locale.ROOT);
        final String type = (primitive.startsWith("u") ? "u" : "i") + field.type().primitive().size() * Byte.SIZE;
        return SignalLayout.HEADER_LENGTH + field.offset() + " " + type + ' ' + field.name() + ' '
            + (field.type().optional() ? field.type().nullValue() : null);
    }

    private static Map<Integer, String> names(final CodeList list) {
        final Map<Integer, String> names = new TreeMap<>();
        list.values().forEach((code, name) -> names.put(code, "NULL_STATE".equals(name) ? "null"
            : "EventType".equals(list.name()) ? dotted(kebab(name)) : kebab(name)));
        return names;
    }

    private static String dotted(final String name) {
        return name.startsWith("screen-sharing-") ? name.replace("screen-sharing-", "screen-sharing.") : name.replaceFirst("-", ".");
    }

    private static String kebab(final String name) {
        return name.equals(name.toUpperCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT).replace('_', '-')
            : name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Map<Integer, String> codes(final String start) throws IOException {
        final Map<Integer, String> codes = new TreeMap<>();
        for (final String line : section("## Codes")) {
            if (line.startsWith(start)) {
                for (final String entry : line.substring(start.length()).split(", ", -1)) {
                    final Matcher code = CODE.matcher(entry);
                    assertTrue(code.matches(), entry);
                    codes.put(Integer.valueOf(code.group(1)), code.group(2));
                }
            }
        }
        return codes;
    }

    private static String example() throws IOException {
        final StringBuilder hex = new StringBuilder();
        for (final String line : section("## An example")) {
            final Matcher row = BYTES.matcher(line);
            if (row.matches()) {
                assertEquals(hex.length() / 2, Integer.parseInt(row.group(1), 16), line);
                hex.append(row.group(2).replace(" ", ""));
            }
        }
        return hex.toString();
    }

    private static List<String> section(final String title) throws IOException {
        final List<String> lines = Files.readAllLines(PAGE);
        final int start = lines.indexOf(title) + 1;
        assertTrue(start > 0, title);
        int end = start;
        while (end < lines.size() && !lines.get(end).startsWith("## ")) {
            end++;
        }
        return lines.subList(start, end);
    }
}

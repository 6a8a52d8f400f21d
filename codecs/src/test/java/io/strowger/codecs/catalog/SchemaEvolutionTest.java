package io.strowger.codecs.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the schema against {@code signals-1.xml}, the schema of version 1, which never changes once version 1 is released. Before that,
 * whoever changes the schema copies it there and makes the golden bytes anew ({@link GoldenBytes}).
 */
final class SchemaEvolutionTest {
    private static final String VERSION_1 = "id=\"4711\" version=\"1\"";
    private static final String VERSION_2 = "id=\"4711\" version=\"2\"";
    private static final String CREDIT = "<field name=\"credit\" id=\"6\" type=\"int32\"/>";
    private static final String WELCOME_TEXT =
        "<field name=\"lastSourceSequence\" id=\"5\" type=\"int64\"/>\n    <data name=\"sourceName\" id=\"101\" type=\"text\"/>";
    private static final String LAST_TEMPLATE = "</sbe:messageSchema>";

    @Test
    void shouldFindNothingIllegalInTodaysSchema() {
        assertEquals(List.of(), SchemaEvolution.illegalChanges(version1(), SignalCatalog.current()),
            "change the schema only as signals.xml says, with a new version; before the first release: see this class");
    }

    @Test
    void shouldAllowEveryLegalChange() {
        final String legal = schema1().replace(VERSION_1, VERSION_2)
            .replace(CREDIT, CREDIT + "<field name=\"more\" id=\"7\" type=\"countOrNull\" sinceVersion=\"2\"/>")
            .replace(WELCOME_TEXT, WELCOME_TEXT + "<data name=\"more\" id=\"102\" type=\"text\" sinceVersion=\"2\"/>")
            .replace("<validValue name=\"COVERED\">18</validValue>",
                "<validValue name=\"COVERED\">18</validValue><validValue name=\"STOLEN\">19</validValue>")
            .replace("<choice name=\"stale\">3</choice>", "<choice name=\"stale\">3</choice><choice name=\"odd\">4</choice>")
            .replace(LAST_TEMPLATE, "<sbe:message name=\"New\" id=\"90\" sinceVersion=\"2\"/>" + LAST_TEMPLATE);
        final SignalCatalog next = catalog(legal);
        assertEquals(List.of(), SchemaEvolution.illegalChanges(version1(), next));
        assertEquals(1, next.template("New").id() - 89, "the change was made");
        assertTrue(next.template("Credit").fields().size() > version1().template("Credit").fields().size(), "the change was made");
        assertTrue(next.template("SourceWelcome").texts().size() > version1().template("SourceWelcome").texts().size());
    }

    @Test
    void shouldWantANewVersionForALegalChange() {
        assertIllegal(schema1().replace("<validValue name=\"COVERED\">18</validValue>",
            "<validValue name=\"COVERED\">18</validValue><validValue name=\"STOLEN\">19</validValue>"), "its version has not");
        assertIllegal(schema1().replace(VERSION_1, "id=\"4711\" version=\"0\""), "gone back");
        assertIllegal(schema1().replace(VERSION_1, "id=\"4712\" version=\"2\""), "schema id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "CREDIT | `` | Credit has lost a field",
        "CREDIT | `` | Credit has a shorter block",
        "CREDIT | <field name='credit' id='6' type='int64'/> | Credit.credit has another type",
        "CREDIT | <field name='credit' id='9' type='int32'/> | in the place of credit",
        "CREDIT | <field name='more' id='6' type='int32'/> | more stands in the place of credit",
        "CREDIT | <field name='credit' id='6' offset='40' type='int32'/> | Credit.credit has moved",
        "CREDIT | <field name='credit' id='6' type='countOrNull'/> | Credit.credit has another null value",
        "CREDIT | <field name='credit' id='6' type='int32' sinceVersion='2'/> | Credit.credit has another sinceVersion",
        "CREDIT | CREDIT<field name='n' id='7' type='countOrNull'/> | Credit.n is new without",
        "CREDIT | CREDIT<field name='n' id='7' type='int32' sinceVersion='2'/> | Credit.n is new and not optional",
        "DIALECT | `` | SourceHello has lost a text",
        "DIALECT | <data name='n' id='105' type='text' sinceVersion='2'/>DIALECT | SourceHello.n stands in the place of dialect",
        "COVER | COVER<data name='n' id='105' type='text'/> | SourceHello.n is new without",
        "BUSY | <validValue name='BUSY'>99</validValue> | Cause.BUSY is no longer 1",
        "BUSY | `` | Cause.BUSY is no longer 1",
        "<enum name='Cause' encodingType='uint8' | <enum name='Cause' encodingType='uint16' | Cause has another primitive type",
        "<choice name='noPeer'> | <choice name='lonely'> | EventFlags.noPeer is no longer 1",
        "<sbe:message name='Tick' id='12' | <sbe:message name='Tock' id='12' | template id 12 of Tick is used again for Tock",
        "<sbe:message name='Tick' id='12' | <sbe:message name='Tick' id='92' | template Tick is gone",
        "<sbe:message name='Tick' id='12' | <sbe:message name='Tick' id='92' | Tick is new without",
        "<sbe:message name='Tick' id='12' | <sbe:message name='Tick' id='12' sinceVersion='2' | Tick has another sinceVersion",
        "<type name='millisOrNull' | <type nullValue='-1' name='millisOrNull' | Event.durationMs has another null value",
    })
    void shouldNameAnIllegalChange(final String before, final String after, final String complaint) {
        assertIllegal(schema1().replace(VERSION_1, VERSION_2).replaceFirst(xml(before), xml(after)), complaint);
    }

    private static String xml(final String shorthand) {
        return shorthand.replace("CREDIT", "<field name='credit' id='6' type='int32'/>")
            .replace("DIALECT", "<data name='dialect' id='102' type='text'/>")
            .replace("COVER", "<data name='coveredBy' id='104' type='text'/>")
            .replaceFirst("^BUSY", "<validValue name='BUSY'>1</validValue>")
            .replace('\'', '"');
    }

    private static void assertIllegal(final String schema, final String complaint) {
        assertFalse(schema1().equals(schema), "the change was made");
        final List<String> illegal = SchemaEvolution.illegalChanges(version1(), catalog(schema));
        assertTrue(illegal.stream().anyMatch(sentence -> sentence.contains(complaint)), complaint + " is not in " + illegal);
    }

    static SignalCatalog version1() {
        return catalog(schema1());
    }

    static SignalCatalog catalog(final String schema) {
        return SignalCatalog.read(new ByteArrayInputStream(schema.getBytes(StandardCharsets.UTF_8)));
    }

    static String schema1() {
        try (InputStream in = SchemaEvolutionTest.class.getResourceAsStream("signals-1.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

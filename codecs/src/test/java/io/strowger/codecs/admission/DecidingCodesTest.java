package io.strowger.codecs.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.codecs.catalog.FieldDescriptor;
import io.strowger.codecs.catalog.SignalCatalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A list of deciding fields that doesn't fit the schema is found when it is used first, not taken for none. */
class DecidingCodesTest {
    private final SignalCatalog catalog = SignalCatalog.current();

    @Test
    void shouldNameTheFieldsOfATemplateInOrder() {
        assertEquals(List.of("action", "bridgeKind"),
            DecidingCodes.of(catalog.template("Bridge")).stream().map(FieldDescriptor::name).toList());
        assertEquals(List.of(), DecidingCodes.of(catalog.template("Hangup")));
    }

    @Test
    void shouldThrowWhenTheSchemaLacksAFieldOrATemplate() {
        assertEquals("no field pase in Dial", refused(Map.of("Dial", List.of("pase"))));
        assertEquals("no template Dail", refused(Map.of("Dail", List.of("phase"))));
    }

    @Test
    void shouldThrowWhenATemplateHasMoreFieldsThanThereIsRoomFor() {
        assertEquals("LegSeen has more than 2 deciding fields", refused(Map.of("LegSeen", List.of("direction", "legState", "legKind"))));
    }

    @Test
    void shouldThrowWhenAFieldIsNoCode() {
        assertEquals("sourceTime of Dial is no enum of one byte", refused(Map.of("Dial", List.of("sourceTime"))));
    }

    private String refused(final Map<String, List<String>> deciding) {
        return assertThrows(IllegalArgumentException.class, () -> new DecidingCodes(catalog, deciding)).getMessage();
    }
}

package io.strowger.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResultLineTest {
    private static final ResultLine OWN = ResultLine.alone("fold", "fold sessions=10000", new Spread(90.5, 80.25, 100), "ns/op");
    private static final ResultLine OTHER = ResultLine.alone("fold", "map sessions=10000", new Spread(45.25, 40, 50), "ns/op");

    @Test
    void shouldWriteTheFieldsOfTheContract() {
        assertEquals("{\"bench\":\"fold\",\"case\":\"fold sessions=10000\",\"median\":90.5000,\"min\":80.2500,\"max\":100.0000,"
            + "\"unit\":\"ns/op\",\"yardstick\":\"map sessions=10000\",\"ratio\":2.0000}", OWN.beside(OTHER).toJson());
    }

    @Test
    void shouldWriteNullsWhenThereIsNoYardstick() {
        assertTrue(OWN.toJson().endsWith("\"yardstick\":null,\"ratio\":null}"));
    }

    @Test
    void shouldComeBackTheSameWhenReadFromJson() {
        assertEquals(OWN, ResultLine.parse(OWN.toJson()));
        assertEquals(OWN.beside(OTHER), ResultLine.parse(OWN.beside(OTHER).toJson()));
    }

    @Test
    void shouldKeepQuotesInNames() {
        final ResultLine odd = ResultLine.alone("a\"b", "c\\d", new Spread(1, 1, 1), "x");
        assertEquals(odd, ResultLine.parse(odd.toJson()));
    }

    @Test
    void shouldDivideByTheYardstick() {
        assertEquals(2.0, OWN.beside(OTHER).ratio());
        assertEquals("map sessions=10000", OWN.beside(OTHER).yardstick());
    }

    @Test
    void shouldRefuseAYardstickInAnotherUnit() {
        final ResultLine other = ResultLine.alone("fold", "map", new Spread(1, 1, 1), "us/op");
        assertThrows(IllegalArgumentException.class, () -> OWN.beside(other));
    }

    @Test
    void shouldRefuseWhatIsNoResultLine() {
        assertThrows(IllegalArgumentException.class, () -> ResultLine.parse("[]"));
        assertThrows(IllegalArgumentException.class, () -> ResultLine.parse("{\"bench\":\"fold\"}"));
        assertThrows(IllegalArgumentException.class, () -> ResultLine.parse("nonsense"));
    }

    @Test
    void shouldSayRatioAndYardstickInText() {
        assertTrue(OWN.beside(OTHER).toText().endsWith("= 2.00 x map sessions=10000"), OWN.beside(OTHER).toText());
        assertTrue(OWN.toText().endsWith("90.50 [80.25 .. 100.00] ns/op"), OWN.toText());
    }
}

package io.strowger.router.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.Xxh64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.agrona.UnsafeApi;

/**
 * Any sequence of adds, finds and removes, against a map of the JDK, with each kind of hash.
 */
final class KeyedTableModelTest {
    private static final int CAPACITY = 12;

    /** Some of the keys are longer than this, some are not. */
    private static final int KEY_ROOM = 24;
    private static final long SEED = 0x5EED;

    @Property(tries = 500)
    void shouldAgreeWithAMapWhenHashesAreGood(@ForAll("steps") final List<Step> steps) {
        run(steps, Xxh64::hash);
    }

    @Property(tries = 500)
    void shouldAgreeWithAMapWhenAllKeysShareOneChain(@ForAll("steps") final List<Step> steps) {
        run(steps, (buffer, offset, length, seed) -> 0x0123456789ABCDEFL);
    }

    @Property(tries = 500)
    void shouldAgreeWithAMapWhenHashesHaveThreeBits(@ForAll("steps") final List<Step> steps) {
        run(steps, (buffer, offset, length, seed) -> Xxh64.hash(buffer, offset, length, seed) & 7);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        final Arbitrary<Name> names = Combinators.combine(
            Arbitraries.longs().between(0, 2),
            Arbitraries.strings().withChars("ab").ofMaxLength(3).map(text -> text.isEmpty() ? text : text + "-0123456789.0123456789")
        ).as(Name::new);
        return Combinators.combine(Arbitraries.of(Kind.values()), names).as(Step::new).list().ofMaxSize(120);
    }

    private static void run(final List<Step> steps, final KeyHash hash) {
        final KeyedTable table = new KeyedTable(new Slabs(), CAPACITY, 16, KEY_ROOM, SEED, hash);
        final Map<Name, Long> model = new HashMap<>();
        long stamp = 1;
        for (final Step step : steps) {
            final Name name = step.name;
            final int slot = KeyedTableTest.find(table, name.scope, name.key);
            assertEquals(model.containsKey(name), slot >= 0, step.toString());
            if (step.kind == Kind.ADD && slot < 0) {
                add(table, model, name, stamp++);
            } else if (step.kind == Kind.REMOVE && slot >= 0) {
                table.remove(slot);
                model.remove(name);
            }
            assertEquals(model.size(), table.size());
        }
        checkEach(table, model);
        checkWalk(table, model);
    }

    private static void add(final KeyedTable table, final Map<Name, Long> model, final Name name, final long stamp) {
        final int slot = KeyedTableTest.add(table, name.scope, name.key);
        if (model.size() == CAPACITY) {
            assertEquals(KeyedTable.FULL, slot);
            return;
        }
        assertTrue(slot >= 0 && slot < CAPACITY, "slot " + slot);
        assertEquals(0, UnsafeApi.getLong(table.payloadAddress(slot)));
        assertEquals(0, UnsafeApi.getLong(table.payloadAddress(slot) + 8));
        UnsafeApi.putLong(table.payloadAddress(slot), stamp);
        UnsafeApi.putLong(table.payloadAddress(slot) + 8, -stamp);
        model.put(name, stamp);
    }

    private static void checkEach(final KeyedTable table, final Map<Name, Long> model) {
        model.forEach((name, stamp) -> {
            final int slot = KeyedTableTest.find(table, name.scope, name.key);
            assertNotEquals(KeyedTable.MISSING, slot);
            assertEquals(stamp, UnsafeApi.getLong(table.payloadAddress(slot)));
            assertEquals(-stamp, UnsafeApi.getLong(table.payloadAddress(slot) + 8));
        });
    }

    private static void checkWalk(final KeyedTable table, final Map<Name, Long> model) {
        final Set<Name> met = new HashSet<>();
        for (int slot = table.next(-1); slot != KeyedTable.MISSING; slot = table.next(slot)) {
            final String key = table.keyBuffer(slot).getStringWithoutLengthUtf8(table.keyOffset(slot), table.keyLength(slot));
            final Name name = new Name(table.scope(slot), key);
            assertNotNull(model.get(name), name.toString());
            assertTrue(met.add(name), "met twice: " + name);
        }
        assertEquals(model.keySet(), met);
        for (int slot = table.next(-1); slot != KeyedTable.MISSING; slot = table.next(slot)) {
            table.remove(slot);
        }
        assertEquals(0, table.size());
        for (final Name name : met) {
            assertFalse(KeyedTableTest.find(table, name.scope, name.key) >= 0, name.toString());
        }
    }

    private enum Kind { ADD, FIND, REMOVE }

    private record Name(long scope, String key) {
    }

    private record Step(Kind kind, Name name) {
    }
}

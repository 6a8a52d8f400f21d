package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Against lists that are searched from the front. */
class AskTableTest {
    private static final int CAPACITY = 32;
    private static final int STEPS = 200_000;
    private static final int FEW_KEYS = 6;
    private static final long SEED = Long.getLong("strowger.test.seed", System.nanoTime());

    private final AskTable table = new AskTable(CAPACITY);
    private final List<Ask> model = new ArrayList<>();

    @Test
    void shouldFindTheOldestOfEachKeyWhateverCameAndWent() {
        System.out.println("AskTableTest: -Dstrowger.test.seed=" + SEED);
        final Random random = new Random(SEED);
        for (int step = 0; step < STEPS; step++) {
            final int choice = random.nextInt(3);
            if (0 == choice && model.size() < CAPACITY) {
                add(step + 1L, key(random));
            } else if (1 == choice) {
                tell(key(random), 1_000_000L + step);
            } else {
                removeFirstTold(key(random));
            }
            check(key(random));
        }
    }

    private void add(final long number, final UnsafeBuffer key) {
        table.add(number, key, 0, key.capacity());
        model.add(new Ask(number, text(key)));
    }

    private void tell(final UnsafeBuffer key, final long action) {
        final int entry = table.oldestWaiting(hash(key), key, 0, key.capacity());
        if (AskTable.NONE != entry) {
            table.stands(entry, action, 1);
            // told in the order in which they became so
            final Ask ask = first(key, 0);
            model.remove(ask);
            model.add(ask.told(action));
        }
    }

    private void removeFirstTold(final UnsafeBuffer key) {
        final int entry = table.firstTold(hash(key), key, 0, key.capacity());
        if (AskTable.NONE != entry) {
            table.remove(entry);
            model.remove(first(key, 1));
        }
    }

    private void check(final UnsafeBuffer key) {
        final Ask waiting = first(key, 0);
        final int oldest = table.oldestWaiting(hash(key), key, 0, key.capacity());
        assertEquals(null == waiting ? -1 : waiting.number(), AskTable.NONE == oldest ? -1 : table.ask(oldest));
        final List<Long> told = new ArrayList<>();
        for (int entry = table.firstTold(hash(key), key, 0, key.capacity()); AskTable.NONE != entry; entry = table.following(entry)) {
            assertEquals(text(key), table.keys().getStringWithoutLengthAscii(table.keyOffset(entry), table.keyLength(entry)));
            told.add(table.ask(entry));
        }
        assertEquals(model.stream().filter(ask -> ask.key().equals(text(key)) && 0 != ask.action()).map(Ask::number).toList(), told);
        if (!told.isEmpty()) {
            assertEquals(told.get(0), table.ask(table.firstTold(hash(key), first(key, 1).action())));
        }
    }

    private Ask first(final UnsafeBuffer key, final int isTold) {
        return model.stream().filter(ask -> ask.key().equals(text(key)) && (0 != ask.action()) == (1 == isTold)).findFirst().orElse(null);
    }

    private static UnsafeBuffer key(final Random random) {
        return new UnsafeBuffer(("key-" + random.nextInt(FEW_KEYS)).getBytes(StandardCharsets.US_ASCII));
    }

    private static long hash(final UnsafeBuffer key) {
        return AskTable.hash(key, 0, key.capacity());
    }

    private static String text(final UnsafeBuffer key) {
        return key.getStringWithoutLengthAscii(0, key.capacity());
    }

    private record Ask(long number, String key, long action) {
        Ask(final long number, final String key) {
            this(number, key, 0);
        }

        Ask told(final long itsAction) {
            return new Ask(number, key, itsAction);
        }
    }
}

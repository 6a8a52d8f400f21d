package io.strowger.ops.wire.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.sbe.SourceAckDecoder;
import io.strowger.ops.access.Credentials;
import io.strowger.ops.access.Tokens;
import io.strowger.router.journal.Journal;
import io.strowger.router.source.SourceGrant;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hello is taken however fast or slow the router answers it, and has cost the source nothing. */
@Timeout(60)
class HelloTest {
    private static final int WINDOW = 16;
    private static final int TRIES = 20;

    @TempDir
    private Path folder;

    @Test
    void shouldTakeTheHelloWithItsWholeCreditOnceTheJournalHasRoom() throws Exception {
        final FullJournal full = new FullJournal();
        final List<SourceAccount> accounts = List.of(
            new SourceAccount(new SourceGrant(Wired.NAME, Wired.TENANT, null, WINDOW), Map.of(Tokens.hash(Wired.TOKEN), Credentials.NEVER),
                null), Wired.account(Wired.NAME, Wired.TENANT + 1, Wired.OTHER_TOKEN));
        try (Wired wired = new Wired(folder, SourcePortLimits.DEFAULT, null, accounts, full);
             RawSource other = RawSource.opened(wired.port(), Wired.OTHER_TOKEN);
             RawSource source = RawSource.opened(wired.port(), Wired.TOKEN)) {
            other.hello(Wired.NAME);
            Wired.await(() -> SourceState.LIVE == wired.sources().health().get(1).state(), () -> "the other");
            full.isFull = true;
            other.seen(1, "theirs");
            Wired.await(() -> full.refused.get() > 0, () -> "nothing comes to the journal");
            source.hello(Wired.NAME);
            final int before = full.refused.get();
            Wired.await(() -> full.refused.get() > before + TRIES, () -> "it is not asked again");
            assertEquals(SourceState.OPENING, wired.health().state());
            full.isFull = false;
            Wired.await(() -> SourceState.LIVE == wired.health().state(), () -> wired.health().toString());
            for (int i = 1; i <= WINDOW; i++) {
                source.seen(i, "leg-" + i);
            }
            Wired.await(() -> WINDOW == wired.health().signals(), () -> wired.health().toString());
            assertEquals(0, wired.health().rejects());
            assertEquals(WINDOW, wired.endAndRead(Wired.TENANT).size());
        }
    }

    @Test
    void shouldGoOnReadingWhenTheRouterAnswersBeforeTheLoopGoesOn() throws Exception {
        try (Wired wired = Wired.hasty(folder); RawSource source = RawSource.opened(wired.port(), Wired.TOKEN)) {
            source.greet(Wired.NAME);
            source.seen(1, "leg-1");
            source.frame(SourceAckDecoder.TEMPLATE_ID);
            assertEquals(List.of("leg-1"), wired.endAndRead(Wired.TENANT));
        }
    }

    /** Takes nothing while it is full. */
    private static final class FullJournal implements UnaryOperator<Journal> {
        private static final Set<String> TAKING = Set.of("append", "stage");

        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean isFull;

        @Override
        public Journal apply(final Journal journal) {
            return (Journal)Proxy.newProxyInstance(Journal.class.getClassLoader(), new Class<?>[] {Journal.class},
                (self, method, given) -> isFull && TAKING.contains(method.getName()) ? refuse() : asked(journal, method, given));
        }

        private boolean refuse() {
            refused.incrementAndGet();
            return false;
        }

        private static Object asked(final Journal journal, final Method method, final Object... given) throws Throwable {
            try {
                return method.invoke(journal, given);
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}

package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ActionKind;
import io.strowger.router.Router;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import io.strowger.router.fixture.MemoryJournal;
import io.strowger.router.journal.Journal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Grants and revocations take effect in the order of the calls, before these return.
 */
class RouterGrantsTest {
    private static final String NOT_ALLOWED = "not allowed";
    private static final String NO_USER = "no such user";

    private MemoryJournal journal = new MemoryJournal();
    private Router router = launch(new RouterContext());

    @AfterEach
    void close() {
        router.close();
        assertEquals(null, router.failure());
    }

    @Test
    void shouldRevokeWhatWasGrantedJustBefore() {
        final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));
        assertTrue(router.revokeActions(crm.grant()));
        settle();
        assertEquals(NOT_ALLOWED, ask(crm, "k"));
    }

    @Test
    void shouldTellWhatClientsMayAskForAlsoBehindARestart() {
        final ActionGrant crm = ActionGrant.of("crm", 2).withUsers("1*,201").withGroups("support");
        final ActionGrant board = ActionGrant.of("board", 1).withActions(ActionKind.HANG_UP).withGroups("");
        router.openActions(crm).close();
        router.openActions(board).close();
        assertEquals(List.of(board, crm), router.actionGrants());
        router.close();
        assertThrows(IllegalStateException.class, router::actionGrants);
        router = launch(new RouterContext());
        assertEquals(List.of(board, crm), router.actionGrants());
        router.revokeActions(crm);
        assertEquals(List.of(board), router.actionGrants());
    }

    @Test
    void shouldRevokeBeforeTheFirstTurn() {
        final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));
        crm.logIn("k", "101", null);
        assertTrue(router.revokeActions(crm.grant()));
        settle();
        assertEquals(List.of("1 k FAILED  " + NOT_ALLOWED), DeskRig.poll(crm));
    }

    @Test
    void shouldGrantAgainWhatWasRevokedJustBefore() {
        final ActionGrant grant = ActionGrant.of("crm", 1);
        router.openActions(grant).close();
        settle();
        router.revokeActions(grant);
        final ActionClient crm = router.openActions(grant);
        assertEquals(NO_USER, ask(crm, "k"));
    }

    @Test
    void shouldLetTheLastOfTwoGrantsCount() {
        final ActionGrant wide = ActionGrant.of("crm", 1);
        final ActionGrant narrow = wide.withActions(ActionKind.HANG_UP);
        router.openActions(narrow);
        settle();
        router.openActions(wide);
        final ActionClient crm = router.openActions(narrow);
        assertEquals(NOT_ALLOWED, ask(crm, "k"));
        assertEquals(4, router.lastSequence(), "three grants and an ask");
    }

    @Test
    void shouldTakeTheOldGrantWhenThereIsNoRoomForTheNew() {
        router.close();
        journal = new MemoryJournal();
        router = launch(new RouterContext().userCapacity(1));
        final ActionClient crm = router.openActions(ActionGrant.of("crm", 1));
        assertEquals(NO_USER, ask(crm, "k1"));
        assertThrows(IllegalStateException.class, () -> router.openActions(ActionGrant.of("board", 1)));
        assertEquals(NO_USER, ask(crm, "k2"), "what others have stays");
        router.revokeActions(crm.grant());
        router.openActions(ActionGrant.of("board", 1));
        assertEquals(NOT_ALLOWED, ask(crm, "k3"));
    }

    @Test
    void shouldGrantTheSameBehindARestart() {
        router.openActions(ActionGrant.of("crm", 1).withUsers("1*"));
        router.close();
        final long digest = router.digest();
        journal = journal.reopened();
        router = launch(new RouterContext());
        assertEquals(digest, router.digest());
        final long before = router.lastSequence();
        router.openActions(ActionGrant.of("crm", 1).withUsers("1*"));
        assertEquals(before, router.lastSequence());
        assertThrows(IllegalStateException.class, () -> {
            router.close();
            router.openActions(ActionGrant.of("crm", 1));
        });
    }

    private String ask(final ActionClient client, final String key) {
        client.logIn(key, "101", null);
        settle();
        final List<String> answers = DeskRig.poll(client);
        assertEquals(1, answers.size(), answers::toString);
        return answers.get(0).substring(answers.get(0).indexOf("FAILED") + 8);
    }

    private void settle() {
        Pbx.settle(router);
    }

    private Router launch(final RouterContext context) {
        return Router.launch(context.journal((Journal)journal).threadingMode(ThreadingMode.INVOKER));
    }
}

package io.strowger.router.follower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.router.dispatch.Filter;
import io.strowger.router.dispatch.StatusException;
import io.strowger.router.dispatch.StatusReport;
import io.strowger.router.dispatch.StatusRoom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However much one tenant asks, another is answered in its turn. */
class OpenQuestionsTest {
    private final OpenQuestions questions = new OpenQuestions();
    private final StatusRoom room = StatusRoom.forOne(1024);

    @Test
    void shouldAnswerTheTenantsInTurnEachInTheOrderOfItsQuestions() {
        final StatusReport a = ask(1, 5);
        final StatusReport b = ask(1, 5);
        final StatusReport c = ask(1, 5);
        final StatusReport d = ask(2, 6);
        final StatusReport e = ask(3, 7);
        final StatusReport f = ask(3, 7);
        final List<StatusReport> answered = new ArrayList<>();
        for (StatusReport next = questions.next(7); null != next; next = questions.next(7)) {
            answered.add(next);
        }
        assertEquals(List.of(a, d, e, b, f, c), answered);
    }

    @Test
    void shouldAnswerNobodyBeforeTheSequenceOfHisQuestion() {
        final StatusReport late = ask(1, 9);
        final StatusReport early = ask(2, 5);
        assertNull(questions.next(4));
        assertSame(early, questions.next(8));
        assertNull(questions.next(8));
        assertSame(late, questions.next(9));
    }

    @Test
    void shouldRefuseOneQuestionMoreThanATenantMayAskAndTakeThatOfAnother() {
        for (int i = 0; i < OpenQuestions.MAX_A_TENANT; i++) {
            ask(1, 1);
        }
        assertFalse(questions.add(new StatusReport(Filter.ofTenant(1), room), 1));
        ask(2, 1);
        assertEquals(OpenQuestions.MAX_A_TENANT + 1, questions.refuseAll("closed"));
        assertNull(questions.next(1));
        ask(1, 1);
    }

    @Test
    void shouldSayToAllWhyNobodyIsAnswered() {
        final StatusReport report = ask(1, 1);
        assertEquals(1, questions.refuseAll("the router is closed"));
        assertTrue(assertThrows(StatusException.class, report::isReady).getMessage().contains("closed"));
    }

    private StatusReport ask(final int tenant, final long atLeast) {
        final StatusReport report = new StatusReport(Filter.ofTenant(tenant), room);
        assertTrue(questions.add(report, atLeast));
        return report;
    }
}

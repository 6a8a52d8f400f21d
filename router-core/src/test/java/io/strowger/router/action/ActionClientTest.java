package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalView;
import io.strowger.codecs.sbe.ActionKind;
import io.strowger.codecs.sbe.ActionStatus;
import io.strowger.codecs.sbe.ClientGrantDecoder;
import io.strowger.codecs.sbe.GenerateCallEncoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import io.strowger.codecs.sbe.MessageHeaderEncoder;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.TransferKind;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.router.status.ReturnCode;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What a handle sends, whatever it is given.
 */
class ActionClientTest {
    private final DeskRig rig = new DeskRig();
    private final ActionClient crm = rig.client(ActionGrant.of("crm", 7).withTimeoutMs(2_000));
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * SignalLayout.MAX_SIGNAL_LENGTH]);

    @Test
    void shouldWriteEachOfTheFourteenActionsAsTheSchemaHasIt() {
        crm.sourceName("pbx-1");
        crm.generateCall("k", "u", "n", "a");
        crm.answer("k", "leg", "u");
        crm.hangUp("k", "leg", "u", 17);
        crm.transferCall("k", "leg", "u", "n", TransferKind.ATTENDED);
        crm.forwardCall("k", null, "u", "n");
        crm.transferChat("k", "leg", null, "g");
        crm.startRecording("k", "leg", "file");
        crm.stopRecording("k", "leg");
        crm.logIn("k", "u", "d");
        crm.logOff("k", "u", "d");
        crm.groupLogIn("k", "u", "g");
        crm.groupLogOff("k", "u", "g");
        crm.sendFax("k", "u", "n", "file");
        crm.sendSms("k", "u", "n", "grüße");
        assertEquals(List.of(
            "GenerateCall clientId=crm key=k user=u number=n name=a sourceName=pbx-1",
            "Answer nativeId=leg clientId=crm key=k user=u sourceName=pbx-1",
            "HangUp nativeId=leg clientId=crm key=k user=u sourceName=pbx-1 causeCode=17",
            "TransferCall nativeId=leg clientId=crm key=k user=u number=n sourceName=pbx-1 kind=" + TransferKind.ATTENDED.value(),
            "ForwardCall nativeId= clientId=crm key=k user=u number=n sourceName=pbx-1",
            "TransferChat nativeId=leg clientId=crm key=k user= group=g sourceName=pbx-1",
            "StartRecording nativeId=leg clientId=crm key=k reference=file sourceName=pbx-1",
            "StopRecording nativeId=leg clientId=crm key=k sourceName=pbx-1",
            "LogIn clientId=crm key=k user=u device=d sourceName=pbx-1",
            "LogOff clientId=crm key=k user=u device=d sourceName=pbx-1",
            "GroupLogIn clientId=crm key=k user=u group=g sourceName=pbx-1",
            "GroupLogOff clientId=crm key=k user=u group=g sourceName=pbx-1",
            "SendFax clientId=crm key=k user=u number=n reference=file sourceName=pbx-1",
            "SendSms clientId=crm key=k user=u number=n text=grüße sourceName=pbx-1"), rig.asked.stream().map(this::describe).toList());
    }

    @Test
    void shouldSayNoCauseWhenThereIsNone() {
        crm.hangUp("k", "leg", null, -1);
        assertEquals("HangUp nativeId=leg clientId=crm key=k user= sourceName= causeCode=" + Short.MIN_VALUE, describe(rig.asked.get(0)));
    }

    @Test
    void shouldStampWhatIsBroughtAsTheGrantSaysAndLeaveTheRest() {
        final int length = brought("k", 0);
        assertEquals(1, crm.ask(buffer, 0, length));
        assertEquals("GenerateCall clientId=crm key=k user=101 number=102 name= sourceName=pbx-1", describe(rig.asked.get(0)));
        final UnsafeBuffer signal = rig.asked.get(0);
        assertEquals(7, SignalLayout.tenant(signal, 0));
        assertEquals(0, SignalLayout.source(signal, 0));
        assertEquals(GenerateCallEncoder.sourceSequenceNullValue(), SignalLayout.sourceSequence(signal, 0));
        assertEquals(DeskRig.NOW_NS, SignalLayout.sourceTime(signal, 0));
        assertEquals(DeskRig.NOW_NS + 2_000_000_000L, deadline(signal));
        crm.timeoutMs(500).ask(buffer, 0, length);
        assertEquals(DeskRig.NOW_NS + 500_000_000L, deadline(rig.asked.get(1)));
        crm.ask(buffer, 0, brought("k", 42));
        assertEquals(42, deadline(rig.asked.get(2)));
        crm.logIn("k", "101", null);
        assertEquals(DeskRig.NOW_NS + 500_000_000L, deadline(rig.asked.get(3)));
    }

    /** 0 and the null value of SBE say none; all else is a time, and one before 1970 has passed. */
    @Test
    void shouldLeaveADeadlineThatIsStatedAsItIs() {
        for (final long none : new long[] {0, GenerateCallEncoder.deadlineNullValue()}) {
            crm.ask(buffer, 0, brought("k", none));
            assertEquals(DeskRig.NOW_NS + 2_000_000_000L, deadline(rig.asked.get(rig.asked.size() - 1)));
        }
        for (final long stated : new long[] {1, -1, Long.MIN_VALUE + 1, Long.MAX_VALUE}) {
            crm.ask(buffer, 0, brought("k", stated));
            assertEquals(stated, deadline(rig.asked.get(rig.asked.size() - 1)));
        }
    }

    /** It takes minutes. */
    @Test
    void shouldGiveAFaxMoreTime() {
        crm.sendFax("k1", "101", "102", "invoice.tif");
        assertEquals(DeskRig.NOW_NS + 40_000_000_000L, deadline(rig.asked.get(0)));
        final UnsafeBuffer fax = new UnsafeBuffer(new byte[rig.asked.get(0).capacity()]);
        fax.putBytes(0, rig.asked.get(0), 0, fax.capacity());
        fax.putLong(ActionTemplates.DEADLINE_OFFSET, 0);
        crm.timeoutMs(500).ask(fax, 0, fax.capacity());
        assertEquals(DeskRig.NOW_NS + 10_000_000_000L, deadline(rig.asked.get(1)));
    }

    @Test
    void shouldRefuseWhatIsNoAction() {
        assertEquals(rejected(RejectReason.NATIVE_ID_MISSING), crm.logIn("", "101", null));
        assertEquals(rejected(RejectReason.NATIVE_ID_MISSING), crm.logIn(null, "101", null));
        assertEquals(rejected(RejectReason.NATIVE_ID_TOO_LONG), crm.logIn("k".repeat(65), "101", null));
        assertEquals(1, crm.logIn("k".repeat(64), "101", null));
        assertEquals(rejected(RejectReason.NATIVE_ID_MISSING), crm.hangUp("k", null, "101", -1));
        assertEquals(rejected(RejectReason.TOO_LONG), crm.sendSms("k", "x".repeat(1024), "102", "x".repeat(1024)));
        assertEquals(rejected(RejectReason.BAD_VAR_DATA), crm.logIn("k", "x".repeat(1025), null));
        final int length = brought("k", 0);
        assertEquals(rejected(RejectReason.BAD_VAR_DATA), crm.ask(buffer, 0, length - 1));
        assertEquals(rejected(RejectReason.TOO_SHORT), crm.ask(buffer, 0, 7));
        assertEquals(rejected(RejectReason.TOO_LONG), crm.ask(buffer, 0, buffer.capacity()));
        final UnsafeBuffer result = DeskRig.result(1, ActionStatus.DONE, "", "");
        assertEquals(rejected(RejectReason.NOT_ALLOWED), crm.ask(result, 0, result.capacity()));
        final UnsafeBuffer grant = rig.grants.get(0);
        assertEquals(rejected(RejectReason.NOT_ALLOWED), crm.ask(grant, 0, grant.capacity()));
        assertEquals(1, crm.pending());
        assertThrows(IllegalArgumentException.class, () -> crm.timeoutMs(0));
        assertThrows(IllegalArgumentException.class, () -> crm.timeoutMs(Long.MAX_VALUE));
    }

    @Test
    void shouldJournalWhatTheClientMayAskForWhenItComesAndWhenItMayNotAnyMore() {
        final ActionGrant grant = ActionGrant.of("board", 2).withActions(ActionKind.HANG_UP, ActionKind.SEND_SMS).withUsers("1*,201")
            .withGroups("");
        rig.client(grant);
        assertTrue(rig.port.revoke(grant));
        final ClientGrantDecoder given = new ClientGrantDecoder().wrapAndApplyHeader(rig.grants.get(1), 0, new MessageHeaderDecoder());
        assertEquals(2, given.tenant());
        assertEquals(YesNo.NO, given.revoked());
        assertEquals(true, given.actions().hangUp() && given.actions().sendSms() && !given.actions().answer());
        assertEquals("board 1*,201 ", given.clientId() + " " + given.users() + " " + given.groups());
        final ClientGrantDecoder taken = new ClientGrantDecoder().wrapAndApplyHeader(rig.grants.get(2), 0, new MessageHeaderDecoder());
        assertEquals(YesNo.YES, taken.revoked());
        assertEquals("board  ", taken.clientId() + " " + taken.users() + " " + taken.groups());
        rig.isClosed = true;
        assertFalse(rig.port.revoke(grant));
    }

    @Test
    void shouldOpenNoHandleWhoseGrantIsRefused() {
        rig.refusal = RejectReason.CAPACITY.value();
        assertThrows(IllegalStateException.class, () -> rig.client("board"));
    }

    @Test
    void shouldOpenNoMoreThan64HandlesOfAClient() {
        final ActionGrant grant = ActionGrant.of("many", 1).withWindow(1);
        final ActionClient first = rig.client(grant);
        for (int i = 1; i < 64; i++) {
            rig.client(grant);
        }
        assertThrows(IllegalStateException.class, () -> rig.client(grant));
        rig.client(ActionGrant.of("many", 2).withWindow(1));
        first.close();
        rig.client(grant);
    }

    @Test
    void shouldKnowTheRangesOfAGrant() {
        for (final Runnable wrong : List.<Runnable>of(() -> ActionGrant.of("", 1), () -> ActionGrant.of("x".repeat(65), 1),
            () -> ActionGrant.of(null, 1), () -> ActionGrant.of("crm", 1).withWindow(0), () -> ActionGrant.of("crm", 1).withWindow(4097),
            () -> ActionGrant.of("crm", 1).withTimeoutMs(0), () -> ActionGrant.of("crm", 1).withUsers("x".repeat(513)),
            () -> ActionGrant.of("crm", 1).withGroups(null),
            () -> new ActionGrant("crm", 1, 1 << 14, "", "", 1, 1))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }

    private int brought(final String key, final long deadline) {
        final GenerateCallEncoder call = new GenerateCallEncoder();
        call.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sourceSequence(5).sourceTime(6).source(99).tenant(99)
            .deadline(deadline);
        call.clientId("somebody else").key(key).user("101").number("102").name("").sourceName("pbx-1");
        return MessageHeaderEncoder.ENCODED_LENGTH + call.encodedLength();
    }

    private static long rejected(final RejectReason reason) {
        return ReturnCode.rejected(reason.value());
    }

    private static long deadline(final UnsafeBuffer signal) {
        return signal.getLong(ActionTemplates.DEADLINE_OFFSET, java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    private String describe(final UnsafeBuffer signal) {
        final SignalView view = new SignalView(SignalCatalog.current());
        view.wrap(signal, 0, signal.capacity());
        final List<String> parts = new ArrayList<>(List.of(view.template().name()));
        for (int i = 0; i < view.template().texts().size(); i++) {
            parts.add(view.template().texts().get(i).name() + "=" + view.text(i));
        }
        view.template().fields().stream().filter(field -> List.of("causeCode", "kind").contains(field.name()))
            .forEach(field -> parts.add(field.name() + "=" + view.value(field)));
        return String.join(" ", parts);
    }
}

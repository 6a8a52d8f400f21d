package io.strowger.codecs.esl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.translate.FactLog;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Lists that somebody has asked for.
 */
final class EslListTest {
    /** What {@code show channels} answers. */
    static final String CHANNELS = """

        uuid,direction,created,created_epoch,name,state,cid_name,cid_num,dest,presence_id,callstate,callee_name,callee_num,call_uuid
        a-leg,inbound,2026-11-25 16:29:00,1795624140,sofia/internal/101@h,CS_EXECUTE,"Ann, A",101,102,101@h,HELD,Outbound Call,102,a-leg
        b-leg,outbound,2026-11-25 16:29:00,1795624140,sofia/internal/102@h,CS_X,Ann,101,102,102@h,RINGING,Outbound Call,102,a-leg

        2 total.
        """;

    /** The same as JSON. */
    static final String CHANNELS_JSON = """
        {"row_count":2,"rows":[{"uuid":"a-leg","direction":"inbound","created_epoch":"1795624140","name":"sofia/internal/101@h",\
        "cid_name":"Ann, A","cid_num":"101","presence_id":"101@h","callstate":"HELD","callee_name":"Outbound Call","callee_num":"102",\
        "call_uuid":"a-leg"},{"uuid":"b-leg","direction":"outbound","created_epoch":"1795624140","name":"sofia/internal/102@h",\
        "cid_name":"Ann","cid_num":"101","presence_id":"102@h","callstate":"RINGING","callee_num":"102","call_uuid":"a-leg"}]}""";

    /** What {@code show calls} answers. */
    static final String CALLS = """
        uuid,direction,created_epoch,name,cid_num,callstate,callee_num,call_uuid,b_uuid,b_direction,b_name,b_cid_num,b_callee_num,b_x,\
        b_callstate
        a-leg,inbound,1795624140,sofia/internal/101@h,101,ACTIVE,102,a-leg,b-leg,outbound,sofia/internal/102@h,101,102,,ACTIVE

        1 total.
        """;

    @Test
    void shouldListAllLegsFromBothForms() {
        final FactLog fromText = Esl.translate(Esl.frame("api/response", CHANNELS));
        final FactLog fromJson = Esl.translate(Esl.frame("api/response", CHANNELS_JSON));
        for (final FactLog log : List.of(fromText, fromJson)) {
            assertEquals(List.of("SourceSnapshotBegin", "SourceSnapshotItem", "SourceSnapshotItem", "SourceSnapshotEnd"), log.templates());
            assertEquals("SourceSnapshotItem LEGS UP OUTGOING YES a-leg a-leg 101 101 Ann, A 102 - 10682",
                log.facts().get(1).show("listKind", "legState", "direction", "held", "nativeId", "callId", "user", "number", "name",
                    "remoteParty", "remoteName", "ageMs"));
            assertEquals("SourceSnapshotItem LEGS RINGING INCOMING NO b-leg a-leg 102 102 101 Ann",
                log.facts().get(2).show("listKind", "legState", "direction", "held", "nativeId", "callId", "user", "number",
                    "remoteParty", "remoteName"));
            assertEquals("SourceSnapshotEnd LEGS 2", log.facts().get(3).show("listKind", "items"));
            final String id = log.facts().get(0).get("listId");
            log.facts().forEach(fact -> assertEquals(id, fact.get("listId")));
            assertEquals(4, log.facts().stream().map(fact -> fact.get("sourceSequence")).distinct().count(), "places of their own");
        }
    }

    @Test
    void shouldListPairsWithTheirBridge() {
        final FactLog log = Esl.translate(Esl.frame("api/response", CALLS));
        assertEquals(List.of("a-leg~b-leg", "a-leg~b-leg"),
            log.of("SourceSnapshotItem").stream().map(fact -> fact.get("bridgeId")).toList());
        assertEquals("SourceSnapshotItem STATES UP INCOMING b-leg a-leg 102 101",
            log.facts().get(2).show("listKind", "legState", "direction", "nativeId", "callId", "user", "remoteParty"));
        assertEquals("SourceSnapshotEnd STATES 2", log.facts().get(3).show("listKind", "items"));
    }

    @Test
    void shouldTakeAListWithoutRowsForWhatWasAsked() {
        for (final String body : List.of("\n0 total.\n", "{\"row_count\": 0}\n", "{\"row_count\":0,\"rows\":[]}")) {
            final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
            final byte[] stream = Esl.utf8(Esl.frame("api/response", body));
            assertEquals("SourceSnapshotEnd STATES 0", Esl.translate(translator, stream).facts().get(1).show("listKind", "items"));
            translator.asked(ListKind.LEGS);
            final FactLog log = Esl.translate(translator, stream);
            assertEquals(List.of("SourceSnapshotBegin", "SourceSnapshotEnd"), log.templates());
            assertEquals("SourceSnapshotEnd LEGS 0", log.facts().get(1).show("listKind", "items"));
        }
    }

    @Test
    void shouldTakeNoOtherReplyForAList() {
        for (final String body : List.of("-ERR no such command\n", "+OK\n", "UP 0 years", "{\"rows\":[]}", "[{\"uuid\":\"x\"}]",
            "name|uuid|type\na|b|c\n", "{\"row_count\":1,\"rows\":[{\"name\":\"core\"}]}")) {
            assertEquals(List.of(), Esl.translate(Esl.frame("api/response", body)).templates(), body);
        }
    }

    @Test
    void shouldNotEndAListThatLacksRowsOrHasDamagedOnes() {
        for (final String body : List.of(CHANNELS.replace("2 total.", "3 total."), CHANNELS.replace("Ann, A", "An\nn, A"),
            CHANNELS_JSON.replace("\"row_count\":2", "\"row_count\":3"), CHANNELS_JSON.replace("b-leg", "b\\qleg"))) {
            final FactLog log = Esl.translate(Esl.frame("api/response", body));
            assertEquals(0, log.of("SourceSnapshotEnd").size(), body);
            assertTrue(log.of("SourceSnapshotItem").stream().allMatch(item -> item.get("nativeId").endsWith("-leg")), body);
        }
    }

    @Test
    void shouldNotEndAListThatIsCut() {
        final FactLog log = Esl.translate(Esl.frame("api/response", CHANNELS_JSON.substring(0, CHANNELS_JSON.length() - 20)));
        assertEquals(List.of("SourceSnapshotBegin", "SourceSnapshotItem"), log.templates());
    }

    /** FreeSWITCH switch_core_sqldb.c, switch_user_sql_thread: what lists are made of is written up to 200 ms behind the events. */
    @Test
    void shouldBeginAListOfLegsWhereItIsAskedForWhenEventsComeBeforeIt() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        translator.connected(0);
        translator.asked(ListKind.LEGS);
        final String stream = Esl.plain(Esl.caller("CHANNEL_CREATE", "Unique-ID", "new-leg")) + Esl.plain(Esl.caller("CHANNEL_HOLD"))
            + Esl.frame("api/response", CHANNELS);
        final FactLog log = new FactLog();
        translator.onBytes(new UnsafeBuffer(Esl.utf8(stream)), 0, stream.length(), Esl.ARRIVAL_NS, log);
        assertEquals(List.of("SourceSnapshotBegin", "LegSeen", "Hold", "SourceSnapshotItem", "SourceSnapshotItem", "SourceSnapshotEnd"),
            log.templates());
        final String id = log.facts().get(0).get("listId");
        assertEquals(List.of(id, id, id), log.facts().subList(3, 6).stream().map(fact -> fact.get("listId")).toList());
    }

    @Test
    void shouldBeginAListAnewWhenTheAnswerBeforeItWasNone() {
        final EslTranslator translator = new EslTranslator(Esl.SETTINGS);
        final FactLog log = new FactLog();
        translator.connected(0);
        for (final String answer : List.of("-ERR\n", CHANNELS)) {
            translator.asked(ListKind.LEGS);
            final String stream = (log.facts().isEmpty() ? Esl.plain(Esl.caller("CHANNEL_HOLD")) : "") + Esl.frame("api/response", answer);
            translator.onBytes(new UnsafeBuffer(Esl.utf8(stream)), 0, stream.length(), Esl.ARRIVAL_NS, log);
        }
        assertEquals(List.of("SourceSnapshotBegin", "Hold", "SourceSnapshotBegin", "SourceSnapshotItem", "SourceSnapshotItem",
            "SourceSnapshotEnd"), log.templates());
    }
}

package io.strowger.codecs.esl;

import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.Media;
import io.strowger.codecs.sbe.SourceSnapshotBeginEncoder;
import io.strowger.codecs.sbe.SourceSnapshotEndEncoder;
import io.strowger.codecs.sbe.SourceSnapshotItemEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.codecs.translate.AsciiText;
import io.strowger.codecs.translate.FactBuffer;

/**
 * Lists that somebody has asked for: begin, an item for each leg, end.
 *
 * <pre>
 *   list            kind     items                              what it says
 *   show channels   LEGS     a row each                         all legs there are
 *   show calls      STATES   two a row, with the bridge's id    legs that are in a pair; others may be there too
 * </pre>
 */
final class ListMapping {
    private static final byte[] INBOUND = AsciiText.bytes("inbound");
    private static final byte[] ACTIVE = AsciiText.bytes("ACTIVE");
    private static final byte[] HELD = AsciiText.bytes("HELD");
    private static final byte[] UNHELD = AsciiText.bytes("UNHELD");
    private static final byte[] RINGING = AsciiText.bytes("RINGING");
    private static final byte[] EARLY = AsciiText.bytes("EARLY");
    private static final byte[] RING_WAIT = AsciiText.bytes("RING_WAIT");
    private static final byte[] DIALING = AsciiText.bytes("DIALING");
    private static final byte[] DOWN = AsciiText.bytes("DOWN");
    private static final byte[] PREFIX = AsciiText.bytes("show:");
    private static final byte BETWEEN = '~';
    private static final int DIGIT_BITS = 4;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long MS_PER_SECOND = 1_000L;
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

    private final FactBuffer facts;
    private final EslFields row;
    private final EslParty party;
    private final byte[] listId = new byte[PREFIX.length + Long.SIZE / DIGIT_BITS];
    private final SourceSnapshotBeginEncoder begin = new SourceSnapshotBeginEncoder();
    private final SourceSnapshotItemEncoder item = new SourceSnapshotItemEncoder();
    private final SourceSnapshotEndEncoder end = new SourceSnapshotEndEncoder();
    private ListKind kind = ListKind.LEGS;
    private int items;

    ListMapping(final FactBuffer facts, final EslFields row, final EslSettings settings) {
        this.facts = facts;
        this.row = row;
        this.party = new EslParty(row, settings);
        System.arraycopy(PREFIX, 0, listId, 0, PREFIX.length);
    }

    /** The list begins; its id is the place of this fact in the stream. */
    void begin(final ListKind listKind) {
        kind = listKind;
        items = 0;
        final long sequence = facts.sourceSequence();
        for (int i = 0; i < Long.SIZE / DIGIT_BITS; i++) {
            final int digit = (int)(sequence >>> (Long.SIZE - DIGIT_BITS * (i + 1))) & 0xF;
            listId[PREFIX.length + i] = (byte)(digit < 10 ? '0' + digit : 'a' - 10 + digit);
        }
        facts.begin(begin);
        begin.listKind(kind).media(Media.CALL);
        facts.literal(listId);
        facts.end();
    }

    /** The items of a row. */
    void row(final long arrivalNs) {
        item(0, arrivalNs);
        if (kind == ListKind.STATES && row.has(ShowColumn.SECOND + ShowColumn.UUID)) {
            item(ShowColumn.SECOND, arrivalNs);
        }
    }

    /** So many items have been written. */
    void told(final int more) {
        items += more;
    }

    void end() {
        facts.begin(end);
        end.listKind(kind).items(items);
        facts.literal(listId);
        facts.end();
    }

    private void item(final int leg, final long arrivalNs) {
        party.look(row.is(leg + ShowColumn.DIRECTION, INBOUND), leg + ShowColumn.PRESENCE_ID, leg + ShowColumn.NAME,
            leg + ShowColumn.CALLER_NUMBER, leg + ShowColumn.CALLEE_NUMBER);
        facts.begin(item);
        item.legState(state(leg)).legKind(party.isPseudo(leg + ShowColumn.NAME) ? LegKind.PSEUDO : LegKind.DEVICE).listKind(kind)
            .ageMs(ageMs(leg, arrivalNs)).paused(YesNo.NO).media(Media.CALL).direction(direction(leg))
            .held(row.is(leg + ShowColumn.CALL_STATE, HELD) ? YesNo.YES : YesNo.NO);
        facts.nativeIdentity(row.bytes(), row.offset(leg), row.length(leg));
        facts.identity(row.bytes(), row.offset(ShowColumn.CALL_UUID), row.length(ShowColumn.CALL_UUID));
        span(row.span(leg + ShowColumn.NAME));
        span(party.user());
        span(party.number());
        span(party.name());
        span(party.remoteNumber());
        span(party.remoteName());
        facts.literal(listId);
        bridge();
        facts.none(3);
        facts.end();
    }

    private void bridge() {
        final int second = ShowColumn.SECOND + ShowColumn.UUID;
        if (kind != ListKind.STATES || !row.has(second)) {
            facts.none();
            return;
        }
        facts.beginText();
        facts.appendIdentity(row.bytes(), row.offset(ShowColumn.UUID), row.length(ShowColumn.UUID));
        facts.append(BETWEEN);
        facts.appendIdentity(row.bytes(), row.offset(second), row.length(second));
        facts.endText();
    }

    /** A leg that came in is its user's own call; one the server opened for another's call rings its user; else it is not told. */
    private Direction direction(final int leg) {
        if (party.isInbound()) {
            return Direction.OUTGOING;
        }
        final boolean isOwnCall = !row.has(ShowColumn.CALL_UUID) || row.areEqual(ShowColumn.CALL_UUID, leg + ShowColumn.UUID);
        return isOwnCall ? Direction.NULL_VAL : Direction.INCOMING;
    }

    private LegState state(final int leg) {
        final int field = leg + ShowColumn.CALL_STATE;
        if (row.is(field, ACTIVE) || row.is(field, HELD) || row.is(field, UNHELD)) {
            return LegState.UP;
        }
        if (row.is(field, RINGING) || row.is(field, EARLY)) {
            return party.isInbound() ? LegState.RING : LegState.RINGING;
        }
        if (row.is(field, RING_WAIT)) {
            return LegState.RING;
        }
        if (row.is(field, DIALING)) {
            return LegState.DIALING;
        }
        return row.is(field, DOWN) ? LegState.DOWN : LegState.NULL_VAL;
    }

    private long ageMs(final int leg, final long arrivalNs) {
        final long created = row.number(leg + ShowColumn.CREATED, -1);
        if (created < 0 || created > MOST_SECONDS) {
            return SourceSnapshotItemEncoder.ageMsNullValue();
        }
        return Math.max(0, arrivalNs / NS_PER_MS - created * MS_PER_SECOND);
    }

    private void span(final long span) {
        facts.text(row.bytes(), (int)(span >>> Integer.SIZE), (int)span);
    }
}

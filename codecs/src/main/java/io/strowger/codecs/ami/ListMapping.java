package io.strowger.codecs.ami;

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

/**
 * Lists that somebody has asked for: begin, items, end. What stands in which text of an item:
 *
 * <pre>
 *   list of        item                        kind           native id  group   space     member         bridge id
 *   LEGS           CoreShowChannel             LEGS           leg        -       -         -              BridgeId
 *   STATES         Status                      STATES         leg        -       -         -              BridgeID
 *   QUEUES         QueueParams                 QUEUES         -          queue   -         -              -
 *   QUEUES         QueueEntry                  QUEUES         caller     queue   position  -              -
 *   QUEUES         QueueMember                 MEMBERS        -          queue   -         interface      -
 *   PARKED         ParkedCall                  PARKED         parkee     lot     space     parker         -
 *   BRIDGES        BridgeListItem              BRIDGES        -          -       -         -              BridgeUniqueid
 *   REGISTRATIONS  ContactList                 REGISTRATIONS  -          -       -         -              -
 * </pre>
 */
final class ListMapping {
    private static final byte[] ONE = {'1'};
    private static final byte[] APP_DIAL = AsciiText.bytes("appdial");
    private static final byte[] APP_QUEUE = AsciiText.bytes("appqueue");
    private static final byte[] PJSIP = AsciiText.bytes("PJSIP/");
    private static final byte[] UNREACHABLE = AsciiText.bytes("unreachable");
    private static final byte[] UNAVAILABLE = AsciiText.bytes("unavail");
    private static final byte[] REMOVED = AsciiText.bytes("removed");

    private final FactWriter facts;
    private final QueueMapping queues;
    private final SourceSnapshotBeginEncoder begin = new SourceSnapshotBeginEncoder();
    private final SourceSnapshotItemEncoder item = new SourceSnapshotItemEncoder();
    private final SourceSnapshotEndEncoder end = new SourceSnapshotEndEncoder();

    ListMapping(final FactWriter facts, final QueueMapping queues) {
        this.facts = facts;
        this.queues = queues;
    }

    void begin(final ListKind kind) {
        facts.begin(begin);
        begin.listKind(kind).media(Media.CALL);
        facts.id(facts.block().find(AmiKey.ACTION_ID));
        facts.end();
    }

    void end(final ListKind kind) {
        final long items = facts.block().number(AmiKey.LIST_ITEMS, -1);
        facts.begin(end);
        end.listKind(kind)
            .items(items < 0 || items > Integer.MAX_VALUE ? SourceSnapshotEndEncoder.itemsNullValue() : (int)items);
        facts.id(facts.block().find(AmiKey.ACTION_ID));
        facts.end();
    }

    void leg(final ListKind kind) {
        final AmiBlock block = facts.block();
        start(kind, facts.legState(AmiKey.NONE), facts.legKind(AmiKey.NONE),
            spanMs(block.findEither(AmiKey.DURATION, AmiKey.SECONDS)), YesNo.NO);
        facts.leg(AmiKey.NONE);
        list();
        facts.id(block.findEither(AmiKey.BRIDGE_ID, AmiKey.BRIDGE_UNIQUEID));
        places(-1, -1, -1);
    }

    void queue() {
        startWithoutLeg(ListKind.QUEUES, YesNo.NO);
        facts.noLeg();
        list();
        facts.none();
        places(facts.block().find(AmiKey.QUEUE), -1, -1);
    }

    void waiting() {
        final AmiBlock block = facts.block();
        start(ListKind.QUEUES, facts.legState(AmiKey.NONE), facts.legKind(AmiKey.NONE), spanMs(block.find(AmiKey.WAIT)), YesNo.NO);
        facts.leg(AmiKey.NONE);
        list();
        facts.none();
        places(block.find(AmiKey.QUEUE), block.find(AmiKey.POSITION), -1);
    }

    void member() {
        final AmiBlock block = facts.block();
        final int device = block.findEither(AmiKey.LOCATION, AmiKey.STATE_INTERFACE);
        startWithoutLeg(ListKind.MEMBERS, block.is(AmiKey.PAUSED, ONE) ? YesNo.YES : YesNo.NO);
        facts.none();
        facts.none();
        facts.text(device);
        facts.span(queues.memberUser());
        facts.none();
        facts.text(block.findEither(AmiKey.PLAIN_NAME, AmiKey.MEMBER_NAME));
        facts.none();
        facts.none();
        list();
        facts.none();
        places(block.find(AmiKey.QUEUE), -1, device);
    }

    void parked() {
        final AmiBlock block = facts.block();
        final boolean isNew = block.has(AmiKey.of(AmiKey.PARKEE, AmiKey.UNIQUEID));
        final int leg = isNew ? AmiKey.PARKEE : AmiKey.NONE;
        start(ListKind.PARKED, facts.legState(leg), facts.legKind(leg), spanMs(block.find(AmiKey.PARKING_DURATION)), YesNo.NO);
        facts.leg(leg);
        list();
        facts.none();
        places(block.find(AmiKey.PARKING_LOT), block.find(isNew ? AmiKey.PARKING_SPACE : AmiKey.EXTEN),
            block.findEither(AmiKey.PARKER_DIAL_STRING, AmiKey.FROM));
    }

    void bridge() {
        startWithoutLeg(ListKind.BRIDGES, YesNo.NO);
        facts.noLeg();
        list();
        facts.id(facts.block().find(AmiKey.BRIDGE_UNIQUEID));
        places(-1, -1, -1);
    }

    /**
     * A place where a device can be reached, with the device named as in PeerStatus. A place that does not answer gives no fact.
     */
    void contact() {
        final AmiBlock block = facts.block();
        if (block.is(AmiKey.STATUS, UNREACHABLE) || block.begins(AmiKey.STATUS, UNAVAILABLE) || block.is(AmiKey.STATUS, REMOVED)) {
            return;
        }
        final int endpoint = block.find(AmiKey.ENDPOINT);
        startWithoutLeg(ListKind.REGISTRATIONS, YesNo.NO);
        facts.none();
        facts.none();
        facts.idBehind(PJSIP, endpoint);
        facts.span(facts.extension(endpoint));
        facts.none();
        facts.none();
        facts.none();
        facts.none();
        list();
        facts.none();
        places(-1, -1, -1);
    }

    private void startWithoutLeg(final ListKind kind, final YesNo paused) {
        start(kind, LegState.NULL_VAL, LegKind.DEVICE, SourceSnapshotItemEncoder.ageMsNullValue(), paused);
    }

    private void start(final ListKind kind, final LegState state, final LegKind legKind, final long ageMs, final YesNo paused) {
        facts.begin(item);
        item.legState(state).legKind(legKind).listKind(kind).ageMs(ageMs).paused(paused)
            .media(Media.CALL).direction(isCalled() ? Direction.INCOMING : Direction.NULL_VAL).held(YesNo.NULL_VAL);
    }

    /** A leg that Dial or Queue has made runs an application of this name until it is sent elsewhere. */
    private boolean isCalled() {
        return facts.block().is(AmiKey.APPLICATION, APP_DIAL) || facts.block().is(AmiKey.APPLICATION, APP_QUEUE);
    }

    private void list() {
        facts.id(facts.block().find(AmiKey.ACTION_ID));
    }

    private void places(final int group, final int space, final int member) {
        facts.text(group);
        facts.text(space);
        facts.text(member);
        facts.end();
    }

    private long spanMs(final int field) {
        final AmiBlock block = facts.block();
        final long absent = SourceSnapshotItemEncoder.ageMsNullValue();
        return field < 0 ? absent : AmiText.spanMs(block.bytes(), block.valueOffset(field), block.valueLength(field), absent);
    }
}

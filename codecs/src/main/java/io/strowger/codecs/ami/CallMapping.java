package io.strowger.codecs.ami;

import io.strowger.codecs.sbe.BridgeAction;
import io.strowger.codecs.sbe.BridgeEncoder;
import io.strowger.codecs.sbe.BridgeKind;
import io.strowger.codecs.sbe.ConferenceAction;
import io.strowger.codecs.sbe.ConferenceEncoder;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.HangupAskedEncoder;
import io.strowger.codecs.sbe.HangupEncoder;
import io.strowger.codecs.sbe.HoldAction;
import io.strowger.codecs.sbe.HoldEncoder;
import io.strowger.codecs.sbe.LegPartiesEncoder;
import io.strowger.codecs.sbe.LegSeenEncoder;
import io.strowger.codecs.sbe.LegState;
import io.strowger.codecs.sbe.LegStateEncoder;
import io.strowger.codecs.sbe.RecordingAction;
import io.strowger.codecs.sbe.RecordingEncoder;
import io.strowger.codecs.sbe.RenameEncoder;
import io.strowger.codecs.sbe.YesNo;
import io.strowger.codecs.translate.AsciiText;

/**
 * Events about one leg. Each gives one fact; the old {@code Bridge} event, which names two legs, gives one for each.
 */
final class CallMapping {
    private static final byte[] PARKING = AsciiText.bytes("parking");
    private static final byte[] HOLDING = AsciiText.bytes("holding");
    private static final byte[] LINK = AsciiText.bytes("link");
    private static final byte[] OFF = AsciiText.bytes("off");
    private static final byte[] BETWEEN = {'~'};
    private static final int NO_CAUSE = 128;
    private static final int PAIR = 2;

    private final FactWriter facts;
    private final LegSeenEncoder legSeen = new LegSeenEncoder();
    private final LegStateEncoder legState = new LegStateEncoder();
    private final LegPartiesEncoder legParties = new LegPartiesEncoder();
    private final RenameEncoder rename = new RenameEncoder();
    private final BridgeEncoder bridge = new BridgeEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final HangupAskedEncoder hangupAsked = new HangupAskedEncoder();
    private final HangupEncoder hangup = new HangupEncoder();
    private final ConferenceEncoder conference = new ConferenceEncoder();
    private final RecordingEncoder recording = new RecordingEncoder();

    CallMapping(final FactWriter facts) {
        this.facts = facts;
    }

    void newchannel() {
        facts.begin(legSeen);
        legSeen.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE)).direction(Direction.NULL_VAL);
        facts.leg(AmiKey.NONE);
        facts.text(facts.block().find(AmiKey.EXTEN));
        facts.none();
        facts.end();
    }

    void newstate() {
        leg(AmiKey.NONE);
    }

    /**
     * What the block shows of a leg beside its main one, if it shows any.
     */
    void furtherLeg(final int prefix) {
        final AmiBlock block = facts.block();
        final boolean isShown = block.has(AmiKey.of(prefix, AmiKey.STATE)) || block.has(AmiKey.of(prefix, AmiKey.NUMBER));
        if (isShown && isNamed(prefix)) {
            leg(prefix);
        }
    }

    void parties() {
        facts.begin(legParties);
        legParties.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE));
        facts.leg(AmiKey.NONE);
        facts.end();
    }

    /** The new name is the device, the old one beside it; the kind follows the new name. */
    void rename() {
        final AmiBlock block = facts.block();
        final int newName = block.find(AmiKey.NEWNAME);
        facts.begin(rename);
        rename.legState(facts.legState(AmiKey.NONE)).legKind(facts.kindOf(newName));
        facts.leg(AmiKey.NONE, newName);
        facts.text(block.find(AmiKey.CHANNEL));
        facts.end();
    }

    void bridge(final BridgeAction action) {
        final AmiBlock block = facts.block();
        final boolean isHolding = block.is(AmiKey.BRIDGE_TYPE, PARKING) || block.begins(AmiKey.BRIDGE_TYPE, HOLDING)
            || block.begins(AmiKey.BRIDGE_TECHNOLOGY, HOLDING);
        facts.begin(bridge);
        bridge.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE)).action(action)
            .bridgeKind(isHolding ? BridgeKind.HOLDING : BridgeKind.MIXING)
            .members(small(block.number(AmiKey.BRIDGE_MEMBERS, 0)));
        facts.leg(AmiKey.NONE);
        facts.id(block.find(AmiKey.BRIDGE_UNIQUEID));
        facts.end();
    }

    /** The bridge has no id of its own there: the two legs' ids stand for it. */
    void oldBridge() {
        final BridgeAction action = facts.block().is(AmiKey.BRIDGE_STATE, LINK) ? BridgeAction.ENTER : BridgeAction.LEAVE;
        final boolean isEnter = action == BridgeAction.ENTER;
        oldBridgeLeg(action, isEnter ? 1 : PAIR - 1, AmiKey.CHANNEL_1, AmiKey.UNIQUEID_1, AmiKey.CALLER_ID_1);
        oldBridgeLeg(action, isEnter ? PAIR : 0, AmiKey.CHANNEL_2, AmiKey.UNIQUEID_2, AmiKey.CALLER_ID_2);
    }

    /** Before version 12 both were one event with a status. */
    void hold(final boolean isUnhold) {
        final boolean isRetrieve = isUnhold || facts.block().is(AmiKey.STATUS, OFF);
        facts.begin(hold);
        hold.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE))
            .action(isRetrieve ? HoldAction.RETRIEVE : HoldAction.HOLD);
        facts.leg(AmiKey.NONE);
        facts.end();
    }

    void hangupAsked(final YesNo soft) {
        facts.begin(hangupAsked);
        hangupAsked.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE))
            .causeCode(cause(HangupAskedEncoder.causeCodeNullValue())).soft(soft);
        facts.leg(AmiKey.NONE);
        facts.end();
    }

    void hangup() {
        facts.begin(hangup);
        hangup.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE))
            .causeCode(cause(HangupEncoder.causeCodeNullValue()));
        facts.leg(AmiKey.NONE);
        facts.text(facts.block().find(AmiKey.CAUSE_TEXT));
        facts.end();
    }

    void conference(final ConferenceAction action) {
        facts.begin(conference);
        conference.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE)).action(action);
        facts.leg(AmiKey.NONE);
        facts.text(facts.block().findEither(AmiKey.CONFERENCE, AmiKey.MEETME));
        facts.end();
    }

    /** No event of the server names the file, so there is no reference. */
    void recording(final RecordingAction action) {
        facts.begin(recording);
        recording.legState(facts.legState(AmiKey.NONE)).legKind(facts.legKind(AmiKey.NONE)).action(action);
        facts.leg(AmiKey.NONE);
        facts.none();
        facts.end();
    }

    private void leg(final int prefix) {
        facts.begin(legState);
        legState.legState(facts.legState(prefix)).legKind(facts.legKind(prefix));
        facts.leg(prefix);
        facts.end();
    }

    /** Whether the block gives the leg an id; a placeholder is none, and no reason to refuse the main fact. */
    private boolean isNamed(final int prefix) {
        return facts.hasValue(facts.block().find(AmiKey.of(prefix, AmiKey.UNIQUEID)));
    }

    private void oldBridgeLeg(
        final BridgeAction action, final int members, final int deviceKey, final int idKey, final int numberKey) {
        final AmiBlock block = facts.block();
        final int device = block.find(deviceKey);
        facts.begin(bridge);
        bridge.legState(LegState.NULL_VAL).legKind(facts.kindOf(device)).action(action).bridgeKind(BridgeKind.MIXING).members(members);
        facts.nativeId(block.find(idKey));
        facts.none();
        facts.text(device);
        facts.user(device);
        facts.text(block.find(numberKey));
        facts.none();
        facts.none();
        facts.none();
        facts.idOfTwo(block.find(AmiKey.UNIQUEID_1), BETWEEN, block.find(AmiKey.UNIQUEID_2));
        facts.end();
    }

    private short cause(final short absent) {
        final long cause = facts.block().number(AmiKey.CAUSE, NO_CAUSE);
        return cause < NO_CAUSE ? (short)cause : absent;
    }

    private static int small(final long value) {
        return (int)Math.min(value, Integer.MAX_VALUE);
    }
}

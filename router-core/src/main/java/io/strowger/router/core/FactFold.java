package io.strowger.router.core;

import io.strowger.codecs.sbe.BridgeDecoder;
import io.strowger.codecs.sbe.ChatDecoder;
import io.strowger.codecs.sbe.ConferenceDecoder;
import io.strowger.codecs.sbe.DialDecoder;
import io.strowger.codecs.sbe.DiversionDecoder;
import io.strowger.codecs.sbe.FaxDecoder;
import io.strowger.codecs.sbe.GroupMembershipDecoder;
import io.strowger.codecs.sbe.HangupAskedDecoder;
import io.strowger.codecs.sbe.HangupDecoder;
import io.strowger.codecs.sbe.HistoryItemDecoder;
import io.strowger.codecs.sbe.HoldDecoder;
import io.strowger.codecs.sbe.LegPartiesDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.LegStateDecoder;
import io.strowger.codecs.sbe.MessageDecoder;
import io.strowger.codecs.sbe.OtherDecoder;
import io.strowger.codecs.sbe.ParkDecoder;
import io.strowger.codecs.sbe.PickupDecoder;
import io.strowger.codecs.sbe.QueueDecoder;
import io.strowger.codecs.sbe.RecordingDecoder;
import io.strowger.codecs.sbe.RegistrationDecoder;
import io.strowger.codecs.sbe.RenameDecoder;
import io.strowger.codecs.sbe.ScreenSharingDecoder;
import io.strowger.codecs.sbe.SourceSnapshotBeginDecoder;
import io.strowger.codecs.sbe.SourceSnapshotEndDecoder;
import io.strowger.codecs.sbe.SourceSnapshotItemDecoder;
import io.strowger.codecs.sbe.TransferDecoder;
import io.strowger.router.record.Outcome;

/**
 * Which fold each fact of a source goes to.
 */
final class FactFold {
    private final CallFold calls;
    private final StayFold stays;
    private final MediaFold media;
    private final PresenceFold presence;
    private final SourceFold sources;
    private final SnapshotFold snapshots;

    FactFold(final State state, final EventWriter events, final Endings endings, final PresenceFold presence, final SourceFold sources) {
        final Legs legs = new Legs(state, events, endings);
        this.calls = new CallFold(state, events, legs, endings);
        this.stays = new StayFold(state, events, legs, endings);
        this.media = new MediaFold(state, events, endings);
        this.presence = presence;
        this.sources = sources;
        this.snapshots = new SnapshotFold(state, legs, stays, media, presence);
    }

    /** Folds a fact whose source is known and whose epoch is known. */
    Outcome fold(final Fact fact, final int template) {
        return switch (template) {
            case LegSeenDecoder.TEMPLATE_ID, LegStateDecoder.TEMPLATE_ID, LegPartiesDecoder.TEMPLATE_ID -> calls.shown(fact, true);
            case DialDecoder.TEMPLATE_ID -> calls.dial(fact);
            case BridgeDecoder.TEMPLATE_ID -> calls.bridge(fact);
            case HoldDecoder.TEMPLATE_ID -> calls.hold(fact);
            case QueueDecoder.TEMPLATE_ID -> stays.queue(fact);
            case ParkDecoder.TEMPLATE_ID -> stays.park(fact);
            case TransferDecoder.TEMPLATE_ID -> calls.transfer(fact);
            case ConferenceDecoder.TEMPLATE_ID -> calls.conference(fact);
            case RecordingDecoder.TEMPLATE_ID -> calls.recording(fact);
            case HangupAskedDecoder.TEMPLATE_ID -> calls.hangupAsked(fact);
            case HangupDecoder.TEMPLATE_ID -> calls.hangup(fact);
            case PickupDecoder.TEMPLATE_ID -> calls.pickup(fact);
            case DiversionDecoder.TEMPLATE_ID -> calls.diversion(fact);
            case RenameDecoder.TEMPLATE_ID -> calls.rename(fact);
            default -> rest(fact, template);
        };
    }

    private Outcome rest(final Fact fact, final int template) {
        return switch (template) {
            case GroupMembershipDecoder.TEMPLATE_ID -> presence.membership(fact);
            case RegistrationDecoder.TEMPLATE_ID -> presence.registration(fact);
            case MessageDecoder.TEMPLATE_ID -> media.message(fact);
            case FaxDecoder.TEMPLATE_ID -> media.fax(fact);
            case ScreenSharingDecoder.TEMPLATE_ID -> media.screenSharing(fact);
            case ChatDecoder.TEMPLATE_ID -> media.chat(fact);
            case HistoryItemDecoder.TEMPLATE_ID -> media.history(fact);
            case OtherDecoder.TEMPLATE_ID -> sources.other(fact);
            case SourceSnapshotBeginDecoder.TEMPLATE_ID -> snapshots.begin(fact);
            case SourceSnapshotItemDecoder.TEMPLATE_ID -> snapshots.item(fact);
            case SourceSnapshotEndDecoder.TEMPLATE_ID -> snapshots.end(fact);
            default -> Outcome.NO_CHANGE;
        };
    }
}

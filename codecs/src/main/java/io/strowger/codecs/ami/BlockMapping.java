package io.strowger.codecs.ami;

import io.strowger.codecs.sbe.BridgeAction;
import io.strowger.codecs.sbe.ConferenceAction;
import io.strowger.codecs.sbe.DialPhase;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.ListKind;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.codecs.sbe.ParkAction;
import io.strowger.codecs.sbe.QueueAction;
import io.strowger.codecs.sbe.RecordingAction;
import io.strowger.codecs.sbe.YesNo;

/**
 * Which event goes to which mapping: the one table of what a block means.
 */
final class BlockMapping {
    private final CallMapping calls;
    private final PartnerMapping partners;
    private final QueueMapping queues;
    private final SourceMapping sources;
    private final ListMapping lists;

    BlockMapping(final FactWriter facts) {
        calls = new CallMapping(facts);
        partners = new PartnerMapping(facts, calls);
        queues = new QueueMapping(facts, calls);
        sources = new SourceMapping(facts);
        lists = new ListMapping(facts, queues);
    }

    /**
     * Writes the facts of a block that stands in no list.
     *
     * @return false when it turned out to carry nothing.
     */
    boolean live(final AmiEvent event) {
        if (event.compareTo(AmiEvent.BLIND_TRANSFER) < 0) {
            call(event);
            return true;
        }
        if (event.compareTo(AmiEvent.QUEUE_JOIN) < 0) {
            partner(event);
            return true;
        }
        if (event.compareTo(AmiEvent.PEER_STATUS) < 0) {
            return group(event);
        }
        return source(event);
    }

    /**
     * Writes the facts of a block in an open list; an event that does not belong into a list of the kind gives none.
     */
    void listItem(final AmiEvent event, final ListKind kind) {
        switch (kind) {
            case LEGS, STATES -> legItem(event, kind);
            case QUEUES -> queueItem(event);
            case PARKED -> parkedItem(event);
            case BRIDGES -> bridgeItem(event);
            case REGISTRATIONS -> contactItem(event);
            default -> { }
        }
        if (event == AmiEvent.LIST_END) {
            lists.end(kind);
        }
    }

    void listBegin(final ListKind kind) {
        lists.begin(kind);
    }

    void other(final int nameOffset, final int nameLength) {
        sources.other(nameOffset, nameLength);
    }

    void refused(final byte[] name) {
        sources.refused(name);
    }

    private void call(final AmiEvent event) {
        switch (event) {
            case FULLY_BOOTED -> sources.booted();
            case SHUTDOWN -> sources.stopping();
            case NEWCHANNEL -> calls.newchannel();
            case NEWSTATE -> calls.newstate();
            case PARTIES -> calls.parties();
            case RENAME -> calls.rename();
            case DIAL_BEGIN -> partners.dial(DialPhase.BEGIN);
            case DIAL_STATE -> partners.dial(DialPhase.PROGRESS);
            case DIAL_END -> partners.dial(DialPhase.END);
            case DIAL -> partners.oldDial();
            case BRIDGE_ENTER -> calls.bridge(BridgeAction.ENTER);
            case BRIDGE_LEAVE -> calls.bridge(BridgeAction.LEAVE);
            case BRIDGE -> calls.oldBridge();
            case HOLD -> calls.hold(false);
            case UNHOLD -> calls.hold(true);
            case HANGUP_REQUEST -> calls.hangupAsked(YesNo.NO);
            case SOFT_HANGUP_REQUEST -> calls.hangupAsked(YesNo.YES);
            case HANGUP -> calls.hangup();
            case PICKUP -> partners.pickup();
            case CONFERENCE_JOIN -> calls.conference(ConferenceAction.JOINED);
            case CONFERENCE_LEAVE -> calls.conference(ConferenceAction.LEFT);
            case RECORDING_START -> calls.recording(RecordingAction.STARTED);
            case RECORDING_STOP -> calls.recording(RecordingAction.STOPPED);
            default -> throw new IllegalStateException(event.name());
        }
    }

    private void partner(final AmiEvent event) {
        switch (event) {
            case BLIND_TRANSFER -> partners.blindTransfer();
            case ATTENDED_TRANSFER -> partners.attendedTransfer();
            case PARKED -> partners.park(ParkAction.PARKED);
            case UNPARKED -> partners.park(ParkAction.RETRIEVED);
            case PARK_TIMED_OUT -> partners.park(ParkAction.TIMED_OUT);
            case PARK_GIVEN_UP -> partners.park(ParkAction.GIVEN_UP);
            case PARK_SWAPPED -> partners.park(ParkAction.SWAPPED);
            default -> throw new IllegalStateException(event.name());
        }
    }

    private boolean group(final AmiEvent event) {
        switch (event) {
            case QUEUE_JOIN -> queues.caller(QueueAction.JOINED);
            case QUEUE_LEAVE -> queues.caller(QueueAction.LEFT);
            case QUEUE_ABANDON -> queues.caller(QueueAction.ABANDONED);
            case AGENT_CALLED -> queues.agent(QueueAction.OFFERED);
            case AGENT_CONNECT -> queues.agent(QueueAction.CONNECTED);
            case AGENT_COMPLETE -> queues.agent(QueueAction.COMPLETED);
            case AGENT_NO_ANSWER -> queues.agent(QueueAction.NOT_ANSWERED);
            case MEMBER_ADDED -> queues.member(MembershipAction.ADDED);
            case MEMBER_REMOVED -> queues.member(MembershipAction.REMOVED);
            case MEMBER_PAUSE -> queues.memberPause();
            case AGENT_LOGIN -> queues.poolAgent(MembershipAction.ADDED);
            case AGENT_LOGOFF -> queues.poolAgent(MembershipAction.REMOVED);
            case VAR_SET -> {
                return queues.status();
            }
            default -> throw new IllegalStateException(event.name());
        }
        return true;
    }

    private boolean source(final AmiEvent event) {
        switch (event) {
            case PEER_STATUS -> {
                return sources.registration();
            }
            case FAX_RECEIVED -> sources.faxEnd(Direction.INCOMING);
            case FAX_SENT -> sources.faxEnd(Direction.OUTGOING);
            case FAX_STATUS -> {
                return sources.faxStatus();
            }
            case SMS -> sources.sms();
            default -> throw new IllegalStateException(event.name());
        }
        return true;
    }

    private void legItem(final AmiEvent event, final ListKind kind) {
        if (event == (kind == ListKind.LEGS ? AmiEvent.LIST_LEG : AmiEvent.LIST_STATE)) {
            lists.leg(kind);
        }
    }

    private void queueItem(final AmiEvent event) {
        if (event == AmiEvent.LIST_QUEUE) {
            lists.queue();
        } else if (event == AmiEvent.LIST_MEMBER) {
            lists.member();
        } else if (event == AmiEvent.LIST_WAITING) {
            lists.waiting();
        }
    }

    private void parkedItem(final AmiEvent event) {
        if (event == AmiEvent.PARKED) {
            lists.parked();
        }
    }

    private void bridgeItem(final AmiEvent event) {
        if (event == AmiEvent.LIST_BRIDGE) {
            lists.bridge();
        }
    }

    private void contactItem(final AmiEvent event) {
        if (event == AmiEvent.LIST_CONTACT) {
            lists.contact();
        }
    }
}

package io.strowger.codecs.ami;

import io.strowger.codecs.translate.NameTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Every event name that is known: those that give facts, and the noise, which carries nothing that the router tells anybody. A name on
 * neither list gives an {@code Other} fact.
 *
 * <p>Noise by choice: Masquerade (the Renames behind it say by Uniqueid all that counts), MusicOnHold (Hold says who holds), LocalBridge
 * and LocalOptimization (pseudo legs), OriginateResponse (the outcome of an action, which the connector takes from the block itself),
 * DongleNewSMSBase64 (DongleNewSMS tells of the same message), lists that the router does not use. Not noise: UserEvent, ConfbridgeRecord
 * (a conference is recorded, no leg), HangupHandler events, whatever a newer server invents.
 */
final class AmiEventNames {
    private static final String NOISE = """
        AGIExec AGIExecStart AGIExecEnd AsyncAGI AsyncAGIStart AsyncAGIExec AsyncAGIEnd
        AOC-D AOC-E AOC-S Alarm AlarmClear SpanAlarm SpanAlarmClear DNDState DAHDIChannel
        AorDetail AorList AorListComplete AuthDetail AuthList AuthListComplete Agents AgentsComplete
        BridgeCreate BridgeDestroy BridgeMerge BridgeVideoSourceUpdate BridgeInfoChannel BridgeInfoComplete
        CEL Cdr ChannelUpdate ChannelReload ChannelTalkingStart ChannelTalkingStop ChanSpyStart ChanSpyStop
        ConfbridgeStart ConfbridgeEnd ConfbridgeTalking ConfbridgeMute ConfbridgeUnmute ConfbridgeWelcome ConfbridgeList
        ConfbridgeListComplete ConfbridgeListRooms ConfbridgeListRoomsComplete
        MeetmeEnd MeetmeMute MeetmeTalking MeetmeTalkRequest MeetmeList MeetmeListComplete MeetmeListRooms MeetmeListRoomsComplete
        ContactStatus ContactStatusDetail CoreShowChannelMap
        DBGetResponse DBGetComplete DBGetTreeResponse DBGetTreeComplete
        DeviceStateChange DeviceStateListComplete DTMF DTMFBegin DTMFEnd Flash Wink
        EndpointDetail EndpointDetailComplete EndpointList EndpointListComplete
        ExtensionStatus ExtensionStateListComplete IdentifyDetail TransportDetail ResourceListDetail
        FailedACL InvalidAccountID InvalidPassword InvalidTransport MemoryLimit LoadAverageLimit AuthMethodNotAllowed
        ChallengeResponseFailed ChallengeSent RequestBadFormat RequestNotAllowed RequestNotSupported SessionLimit SuccessfulAuth
        UnexpectedAddress
        FAXSession FAXSessionsEntry FAXSessionsComplete FAXStats
        JabberEvent JitterBufStats ListDialplan ShowDialPlanComplete LocalBridge LocalOptimizationBegin LocalOptimizationEnd
        LogChannel MCID Masquerade MessageWaiting MiniVoiceMail MWIGet MWIGetComplete MixMonitorMute ModuleLoadReport
        MusicOnHold MusicOnHoldStart MusicOnHoldStop NewAccountCode Newexten NewPeerAccount OriginateResponse
        Parkinglot ParkinglotsComplete PeerEntry PeerlistComplete
        PresenceStateChange PresenceStateListComplete PresenceStatus
        QueueMemberPenalty QueueMemberRinginuse QueueMemberStatus QueueSummary QueueSummaryComplete
        InboundRegistrationDetail InboundRegistrationDetailComplete OutboundRegistrationDetail OutboundRegistrationDetailComplete
        Registry RegistryEntry RegistrationsComplete Reload
        RTCPReceived RTCPReceiverStat RTCPSent RTPReceiverStat RTPSenderStat SIPQualifyPeerDone
        InboundSubscriptionDetail InboundSubscriptionDetailComplete OutboundSubscriptionDetail OutboundSubscriptionDetailComplete
        T38FaxStatus UserlistComplete VoicemailPasswordChange VoicemailUserEntry VoicemailUserEntryComplete VoicemailUserDetail
        DongleNewSMSBase64 DongleStatus DongleNewCMGR
        """;

    private static final List<String> NAMES = new ArrayList<>();
    private static final List<AmiEvent> EVENTS = new ArrayList<>();

    static {
        for (final AmiEvent event : AmiEvent.values()) {
            for (final String name : event.names().split(" ", -1)) {
                NAMES.add(name);
                EVENTS.add(event);
            }
        }
        NAMES.addAll(List.of(NOISE.strip().split("\\s+", -1)));
    }

    private static final AmiEvent[] BY_NUMBER = EVENTS.toArray(new AmiEvent[0]);
    private static final NameTable TABLE = new NameTable(NAMES);

    private AmiEventNames() {
    }

    /**
     * The number of the name at the offset, or {@link NameTable#NONE} when it is not known.
     */
    static int find(final byte[] bytes, final int offset, final int length) {
        return TABLE.find(bytes, offset, length);
    }

    /**
     * The event that the name stands for, or null for noise.
     */
    static AmiEvent event(final int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /**
     * The names in the order of their numbers, as the server writes them.
     */
    static List<String> names() {
        return NAMES;
    }
}

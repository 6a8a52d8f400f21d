package io.strowger.codecs.esl;

import io.strowger.codecs.sbe.BridgeAction;
import io.strowger.codecs.sbe.Direction;
import io.strowger.codecs.sbe.HoldAction;
import io.strowger.codecs.sbe.RecordingAction;
import io.strowger.codecs.sbe.RegistrationAction;

/**
 * Which event goes to which mapping: the one table of what an event means.
 */
final class EventMapping {
    private static final byte[] NOTHING = {};

    private final LegMapping legs;
    private final EndMapping ends;
    private final QueueMapping queues;
    private final PlaceMapping places;
    private final SourceMapping sources;

    EventMapping(final EslFacts facts, final SourceMapping sources) {
        this.legs = new LegMapping(facts);
        this.ends = new EndMapping(facts, legs);
        this.queues = new QueueMapping(facts);
        this.places = new PlaceMapping(facts);
        this.sources = sources;
    }

    /**
     * Writes the facts of an event.
     *
     * @return false when it turned out to carry nothing.
     */
    boolean event(final EslEvent event) {
        if (event.compareTo(EslEvent.RECORD_START) < 0) {
            return leg(event);
        }
        switch (event) {
            case RECORD_START -> places.recording(RecordingAction.STARTED);
            case RECORD_STOP -> places.recording(RecordingAction.STOPPED);
            case CALL_CENTER -> {
                return queues.callCenter();
            }
            case FIFO -> {
                return queues.fifo();
            }
            case PARKING -> {
                return places.parking();
            }
            case CONFERENCE -> {
                return places.conference();
            }
            case FAX_SENT -> places.fax(Direction.OUTGOING);
            case FAX_RECEIVED -> places.fax(Direction.INCOMING);
            case REGISTER -> {
                return sources.registration(RegistrationAction.REGISTERED);
            }
            case UNREGISTER -> {
                return sources.registration(RegistrationAction.UNREGISTERED);
            }
            case MESSAGE -> {
                return places.message();
            }
            case SHUTDOWN -> sources.stopping(NOTHING, 0, 0);
            default -> throw new IllegalStateException(event.name());
        }
        return true;
    }

    private boolean leg(final EslEvent event) {
        switch (event) {
            case CREATE, DATA -> legs.created();
            case RINGING -> legs.ringing();
            case ANSWER -> legs.answered();
            case BRIDGE -> legs.bridge(BridgeAction.ENTER);
            case UNBRIDGE -> {
                legs.bridge(BridgeAction.LEAVE);
                ends.transferByCommand();
            }
            case HOLD -> legs.hold(HoldAction.HOLD);
            case UNHOLD -> legs.hold(HoldAction.RETRIEVE);
            case UPDATE -> legs.parties();
            case NEW_ID -> {
                return legs.newId();
            }
            case HANGUP -> ends.hangup();
            case GONE -> ends.gone();
            default -> throw new IllegalStateException(event.name());
        }
        return true;
    }
}

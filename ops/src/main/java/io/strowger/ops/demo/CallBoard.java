package io.strowger.ops.demo;

import io.strowger.codecs.sbe.EventType;
import io.strowger.ops.console.Console;
import io.strowger.ops.view.EventFields;
import io.strowger.ops.view.EventText;
import io.strowger.router.dispatch.Tap;
import io.strowger.router.record.RecordLayout;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * A tap that shows calls as they live and die, and remembers where most sessions were open. On the router's thread.
 */
final class CallBoard implements Tap {
    /** Too many to show: each ringing and each learnt name. tail shows them. */
    private static final Set<EventType> UNSHOWN = EnumSet.of(EventType.CALL_DELIVERED, EventType.CALL_UPDATED, EventType.USER_LOGGED_IN,
        EventType.USER_LOGGED_OUT, EventType.SOURCE_DOWN, EventType.SOURCE_UP, EventType.SOURCE_OTHER);
    private static final double NANOS = 1e9;

    private final Console console;
    private final EventText text = new EventText();
    private final EventFields fields = new EventFields();
    private final Set<String> open = new HashSet<>();
    private int connection;
    private long beganNs;
    private int mostOpen;
    private long fullestPosition;
    private long events;
    private boolean quiet;

    CallBoard(final Console console) {
        this.console = console;
    }

    @Override
    public void onEvent(final DirectBuffer block, final int record) {
        events++;
        if (quiet) {
            return;
        }
        final int event = RecordLayout.eventOffset(block, record);
        fields.wrap(block, event);
        final EventType type = fields.fixed().eventType();
        if (EventType.SOURCE_UP == type) {
            beganNs = fields.fixed().sourceTime();
            showCapture();
        }
        count(type, fields.text(EventFields.NATIVE_ID), RecordLayout.sequence(block, record));
        if (!UNSHOWN.contains(type)) {
            console.out().printf(Locale.ROOT, "%8.2f  %s%n", (fields.fixed().sourceTime() - beganNs) / NANOS,
                paint(type, text.story(block, event)));
        }
    }

    /** Shows nothing more, only counts. */
    void beQuiet() {
        quiet = true;
    }

    /** Events seen. */
    long events() {
        return events;
    }

    /** Sequence behind which most sessions were open. */
    long fullestPosition() {
        return fullestPosition;
    }

    private void showCapture() {
        final DemoCapture capture = DemoCapture.ALL.get(connection++);
        console.out().println();
        console.out().println(console.paint(Console.Colour.BOLD, capture.name()) + ": " + capture.story());
    }

    private void count(final EventType type, final String nativeId, final long sequence) {
        if (EventType.CALL_CLEARED == type) {
            open.remove(nativeId);
        } else if (type.name().startsWith("CALL_")) {
            open.add(nativeId);
        }
        if (open.size() > mostOpen) {
            mostOpen = open.size();
            fullestPosition = sequence;
        }
    }

    private String paint(final EventType type, final String line) {
        return switch (type) {
            case CALL_ESTABLISHED -> console.paint(Console.Colour.GREEN, line);
            case CALL_FAILED -> console.paint(Console.Colour.RED, line);
            case CALL_CLEARED -> console.paint(Console.Colour.GREY, line);
            default -> line;
        };
    }
}

package io.strowger.codecs.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.SignalSink;
import io.strowger.codecs.sbe.BridgeDecoder;
import io.strowger.codecs.sbe.ConferenceDecoder;
import io.strowger.codecs.sbe.DialDecoder;
import io.strowger.codecs.sbe.DiversionDecoder;
import io.strowger.codecs.sbe.FaxDecoder;
import io.strowger.codecs.sbe.GroupMembershipDecoder;
import io.strowger.codecs.sbe.HangupAskedDecoder;
import io.strowger.codecs.sbe.HangupDecoder;
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
import io.strowger.codecs.sbe.SourceBootedDecoder;
import io.strowger.codecs.sbe.SourceSnapshotBeginDecoder;
import io.strowger.codecs.sbe.SourceSnapshotEndDecoder;
import io.strowger.codecs.sbe.SourceSnapshotItemDecoder;
import io.strowger.codecs.sbe.SourceStoppingDecoder;
import io.strowger.codecs.sbe.TransferDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * Takes facts, checks that each is a whole signal, and keeps its fields by name, read with the generated decoders.
 */
public final class FactLog implements SignalSink {
    private static final Pattern FIELD = Pattern.compile("(\\w+)=('(?s:.*?)'(?=\\||$)|[^|]*)");

    private final Map<Integer, MessageDecoderFlyweight> decoders = new LinkedHashMap<>();
    private final List<Fact> facts = new ArrayList<>();

    /** One fact: its template, its fields as text, its bytes. */
    public record Fact(String template, Map<String, String> fields, String bytes) {
        /** A field as text. */
        public String get(final String field) {
            assertTrue(fields.containsKey(field), template + " has no field " + field);
            return fields.get(field);
        }

        /** The template and the values of the fields, with a space between them. */
        public String show(final String... names) {
            final StringBuilder text = new StringBuilder(template);
            for (final String name : names) {
                text.append(' ').append(get(name).isEmpty() ? "-" : get(name));
            }
            return text.toString();
        }
    }

    /** Without a fact yet. */
    public FactLog() {
        for (final MessageDecoderFlyweight decoder : List.of(
            new BridgeDecoder(), new ConferenceDecoder(), new DialDecoder(), new DiversionDecoder(), new FaxDecoder(),
            new GroupMembershipDecoder(), new HangupAskedDecoder(), new HangupDecoder(), new HoldDecoder(), new LegPartiesDecoder(),
            new LegSeenDecoder(),
            new LegStateDecoder(), new MessageDecoder(), new OtherDecoder(), new ParkDecoder(), new PickupDecoder(), new QueueDecoder(),
            new RecordingDecoder(), new RegistrationDecoder(), new RenameDecoder(), new SourceBootedDecoder(),
            new SourceSnapshotBeginDecoder(), new SourceSnapshotEndDecoder(), new SourceSnapshotItemDecoder(),
            new SourceStoppingDecoder(), new TransferDecoder())) {
            decoders.put(decoder.sbeTemplateId(), decoder);
        }
    }

    /** The facts of a stream in one piece, a connection of its own. */
    public static FactLog of(final StreamTranslator translator, final byte[] stream, final long arrivalNs) {
        final FactLog log = new FactLog();
        translator.connected(0);
        assertEquals(stream.length, translator.onBytes(new UnsafeBuffer(stream), 0, stream.length, arrivalNs, log));
        translator.disconnected();
        return log;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        assertTrue(length <= SignalLayout.MAX_SIGNAL_LENGTH, "too long: " + length);
        final MessageDecoderFlyweight decoder = decoders.get(SignalLayout.templateId(buffer, offset));
        decoder.wrap(
            buffer, offset + SignalLayout.HEADER_LENGTH, SignalLayout.blockLength(buffer, offset), SignalLayout.version(buffer, offset));
        assertEquals(length - SignalLayout.HEADER_LENGTH, decoder.sbeDecodedLength(), "the texts do not fill the fact");
        final String shown = decoder.toString();
        final Map<String, String> fields = new LinkedHashMap<>();
        final Matcher matcher = FIELD.matcher(shown.substring(shown.indexOf("):") + 2));
        while (matcher.find()) {
            final String value = matcher.group(2);
            fields.put(matcher.group(1), value.startsWith("'") ? value.substring(1, value.length() - 1) : value);
        }
        final StringBuilder bytes = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            bytes.append((char)(buffer.getByte(offset + i) & 0xFF));
        }
        facts.add(new Fact(shown.substring(1, shown.indexOf(']')), fields, bytes.toString()));
        return true;
    }

    /** All facts in order. */
    public List<Fact> facts() {
        return facts;
    }

    /** The only fact. */
    public Fact only() {
        assertEquals(1, facts.size(), facts::toString);
        return facts.get(0);
    }

    /** The facts of a template. */
    public List<Fact> of(final String template) {
        return facts.stream().filter(fact -> fact.template().equals(template)).toList();
    }

    /** The templates in order. */
    public List<String> templates() {
        return facts.stream().map(Fact::template).toList();
    }
}

package io.strowger.ops.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.json.JsonNames;
import io.strowger.codecs.json.Rfc3339;
import io.strowger.codecs.json.SignalJson;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.codecs.sbe.SourceRejectDecoder;
import io.strowger.router.record.Outcome;
import io.strowger.router.record.RecordLayout;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;

/**
 * A record that changed nothing as one CloudEvents object around its signal.
 *
 * <pre>
 *   {"specversion":"1.0","id":"43","source":"/1","type":"record.no-change","time":"2026-11-25T16:29:56.513Z",
 *    "data":{"sequence":43,"tenant":1,"outcome":"no-change","reason":null,"derived":false,"signal":{ ... as SignalJson writes it ... }}}
 * </pre>
 *
 * <p>The source is its number: only events name it.
 */
final class SignalLine {
    private final JsonFactory factory = new JsonFactory();
    private final SignalJson signals = new SignalJson();

    String write(final DirectBuffer buffer, final int record) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(text)) {
            write(out, buffer, record);
        } catch (final IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return text.toString();
    }

    private void write(final JsonGenerator out, final DirectBuffer buffer, final int record) throws IOException {
        final int signal = record + RecordLayout.SIGNAL_OFFSET;
        final long sequence = RecordLayout.sequence(buffer, record);
        final String outcome = outcome(RecordLayout.outcome(buffer, record));
        out.writeStartObject();
        out.writeStringField("specversion", "1.0");
        out.writeStringField("id", Long.toString(sequence));
        out.writeStringField("source", "/" + SignalLayout.source(buffer, signal));
        out.writeStringField("type", "record." + outcome);
        out.writeStringField("time", Rfc3339.format(timeNs(buffer, record)));
        out.writeObjectFieldStart("data");
        out.writeNumberField("sequence", sequence);
        out.writeNumberField("tenant", SignalLayout.tenant(buffer, signal));
        out.writeStringField("outcome", outcome);
        out.writeStringField("reason", reason(buffer, record));
        out.writeBooleanField("derived", false);
        out.writeFieldName("signal");
        signals.write(new WithoutAbsentId(out), buffer, signal, RecordLayout.signalLength(buffer, record));
        out.writeEndObject();
        out.writeEndObject();
    }

    /** Source time of the signal; the journal's for one that the router made and that has none. */
    static long timeNs(final DirectBuffer buffer, final int record) {
        final long sourceTimeNs = SignalLayout.sourceTime(buffer, record + RecordLayout.SIGNAL_OFFSET);
        return SourceRejectDecoder.sourceTimeNullValue() == sourceTimeNs ? RecordLayout.journalTime(buffer, record) : sourceTimeNs;
    }

    /** Names why the signal was refused, null when it was not; also a reason of a later version. */
    static String reason(final DirectBuffer buffer, final int record) {
        final int code = RecordLayout.reason(buffer, record);
        if (0 == code) {
            return null;
        }
        final RejectReason reason = RejectReason.get((short)code);
        return RejectReason.SBE_UNKNOWN == reason ? Integer.toString(code) : JsonNames.kebab(reason.name());
    }

    /** Names an outcome, also one of a later version. */
    static String outcome(final int code) {
        final Outcome outcome = Outcome.of(code);
        return null == outcome ? Integer.toString(code) : JsonNames.kebab(outcome.name());
    }
}

package io.strowger.codecs.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.admission.AdmissionWalk;
import io.strowger.codecs.admission.TemplateSet;
import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.SignalWriter;
import io.strowger.codecs.catalog.TemplateDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes actions for the tests, as an application would send them.
 */
public final class Actions {
    /** The templates of all actions in their order. */
    public static final List<String> ALL = SignalCatalog.current().templates().stream()
        .filter(template -> template.id() >= ActionFields.FIRST_TEMPLATE && template.id() <= ActionFields.LAST_TEMPLATE)
        .map(TemplateDescriptor::name).toList();

    private final TemplateDescriptor template;
    private final Map<String, byte[]> texts = new LinkedHashMap<>();
    private final Map<String, Long> values = new LinkedHashMap<>();

    private Actions(final String name) {
        template = SignalCatalog.current().templates().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        text("clientId", "crm").text("key", "key-1").value("tenant", 7).value("source", 3).value("deadline", 0);
    }

    /** An action with a client and a key, and nothing else. */
    public static Actions of(final String template) {
        return new Actions(template);
    }

    /** An action with every text that its template has, good ones. */
    public static Actions full(final String template) {
        final Actions action = of(template);
        for (final String text : action.textNames()) {
            action.text(text, switch (text) {
                case "clientId" -> "crm";
                case "nativeId" -> "1795624246.41";
                case "user" -> "101";
                case "number" -> "102";
                case "name" -> "Click to Call";
                case "group" -> "helpdesk";
                case "device" -> "101";
                case "reference" -> "invoice-7.tif";
                case "text" -> "Hello there";
                default -> text + "-1";
            });
        }
        return "ForwardCall".equals(template) ? action.text("user", "") : action;
    }

    /** The names of the texts that the template has. */
    public List<String> textNames() {
        return template.texts().stream().map(text -> text.name()).toList();
    }

    /** Sets a text. */
    public Actions text(final String name, final String text) {
        return text(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets a text. */
    public Actions text(final String name, final byte[] text) {
        texts.put(name, text);
        return this;
    }

    /** Sets a fixed field. */
    public Actions value(final String name, final long value) {
        values.put(name, value);
        return this;
    }

    /** The signal, which must be admitted. */
    public UnsafeBuffer signal() {
        final SignalWriter writer = new SignalWriter(SignalCatalog.current());
        writer.begin(template);
        for (int i = 0; i < template.fields().size(); i++) {
            final Long value = values.get(template.fields().get(i).name());
            if (null != value) {
                writer.value(i, value);
            }
        }
        for (int i = 0; i < template.texts().size(); i++) {
            final byte[] text = texts.get(template.texts().get(i).name());
            if (null != text) {
                writer.text(i, text);
            }
        }
        final UnsafeBuffer signal = new UnsafeBuffer(new byte[writer.length()]);
        writer.write(signal, 0);
        return signal;
    }

    /** Whether an application may send it: a router passes on nothing else. */
    public boolean isAdmitted() {
        final UnsafeBuffer signal = signal();
        return AdmissionWalk.ADMITTED == new AdmissionWalk(TemplateSet.forApplications()).check(signal, 0, signal.capacity());
    }

    /** Sends it and gives the command. */
    public byte[] command(final ActionConnection connection, final long sequence) {
        final UnsafeBuffer signal = signal();
        assertEquals(true, isAdmitted(), "not admitted");
        final UnsafeBuffer out = new UnsafeBuffer(new byte[4 * SignalLayout.MAX_SIGNAL_LENGTH]);
        final int length = connection.send(sequence, signal, 0, signal.capacity(), ResultLog.NOW_NS, out, 0);
        if (length < 0) {
            throw new AssertionError(template.name() + " is refused: " + ActionRefusal.of(length));
        }
        final byte[] command = new byte[length];
        out.getBytes(0, command);
        return command;
    }

    /** Sends it, admitted or not, and gives the command, or null when it is refused. */
    public byte[] written(final ActionConnection connection) {
        final UnsafeBuffer signal = signal();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[4 * SignalLayout.MAX_SIGNAL_LENGTH]);
        final int length = connection.send(1, signal, 0, signal.capacity(), ResultLog.NOW_NS, out, 0);
        if (length < 0) {
            ActionRefusal.of(length);
            return null;
        }
        final byte[] command = new byte[length];
        out.getBytes(0, command);
        assertEquals(0, out.getByte(length), "more than its length is written");
        return command;
    }

    /** The name of its template. */
    public String template() {
        return template.name();
    }

    /** Sends it and gives the refusal. */
    public ActionRefusal refusal(final ActionConnection connection) {
        final UnsafeBuffer signal = signal();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[4 * SignalLayout.MAX_SIGNAL_LENGTH]);
        final int length = connection.send(1, signal, 0, signal.capacity(), ResultLog.NOW_NS, out, 0);
        return length < 0 ? ActionRefusal.of(length) : null;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(template.name());
        texts.forEach((name, bytes) -> text.append(' ').append(name).append("=[").append(new String(bytes, StandardCharsets.UTF_8))
            .append(']'));
        return text.toString();
    }
}

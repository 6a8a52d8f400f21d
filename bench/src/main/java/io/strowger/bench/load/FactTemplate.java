package io.strowger.bench.load;

import io.strowger.codecs.SignalLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One real fact.
 *
 * <p>A native id {@code 1795624196.21} becomes {@code 1795624196.NNNNNNNNN} with a nine-digit number made of the call's number and the
 * id's ordinal in the script; the first eight digits of a bridge's UUID become the call's number. Nothing else of the fact changes but
 * source sequence, source time, source and tenant. All facts of a template have the same length.
 */
final class FactTemplate extends Template {
    private static final Pattern NATIVE_ID = Pattern.compile("(\\d{9,11}\\.)\\d+");
    private static final Pattern BRIDGE_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private FactTemplate(final byte[] bytes, final List<int[]> ids, final List<Integer> bridges) {
        super(bytes, ids, bridges);
    }

    /**
     * Makes a template of a fact.
     *
     * @param fact     an admitted signal, its bytes alone.
     * @param ordinals of the ids of the script so far; new ids are added.
     * @return the template.
     */
    static FactTemplate of(final byte[] fact, final Map<String, Integer> ordinals) {
        final DirectBuffer signal = new UnsafeBuffer(fact);
        final List<int[]> ids = new ArrayList<>();
        final List<Integer> bridges = new ArrayList<>();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[SignalLayout.MAX_SIGNAL_LENGTH + MAX_IDS * NUMBER_DIGITS]);
        int from = SignalLayout.varDataOffset(signal, 0);
        int to = from;
        out.putBytes(0, fact, 0, from);
        while (from < fact.length) {
            final int length = SignalLayout.textLength(signal, from);
            final String text = new String(fact, from + 2, length, StandardCharsets.UTF_8);
            final Matcher id = NATIVE_ID.matcher(text);
            byte[] written = text.getBytes(StandardCharsets.UTF_8);
            if (id.matches()) {
                written = (id.group(1) + FIRST_NUMBER).getBytes(StandardCharsets.US_ASCII);
                ids.add(new int[] {to + 2 + id.end(1), ordinal(ordinals, text)});
            } else if (BRIDGE_ID.matcher(text).matches()) {
                bridges.add(to + 2);
            }
            out.putShort(to, (short)written.length, ByteOrder.LITTLE_ENDIAN);
            out.putBytes(to + 2, written);
            to += 2 + written.length;
            from += 2 + length;
        }
        final byte[] bytes = new byte[to];
        out.getBytes(0, bytes);
        return new FactTemplate(bytes, ids, bridges);
    }

    @Override
    int write(final MutableDirectBuffer buffer, final int offset, final int call, final long sequence, final long timeNs) {
        put(buffer, offset, call);
        buffer.putLong(offset + SignalLayout.SOURCE_SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + SignalLayout.SOURCE_TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + SignalLayout.SOURCE_OFFSET, Traffic.SOURCE, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + SignalLayout.TENANT_OFFSET, Traffic.TENANT, ByteOrder.LITTLE_ENDIAN);
        return length();
    }
}

package io.strowger.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.MutableDirectBuffer;

/**
 * Some real AMI blocks.
 *
 * <p>Wherever a native id {@code 1795624196.21} stands in them it becomes {@code 1795624196.NNNNNNNNN} with a nine-digit number made of the
 * call's number and the id's ordinal in the script; the first eight digits of a bridge's UUID become the call's number. Nothing else of
 * the bytes changes. They carry neither sequence nor time: a translator gives both.
 */
final class AmiTemplate extends Template {
    private static final Pattern ID = Pattern.compile(
        "(?<![\\d.])(\\d{9,11}\\.)\\d+(?![\\d.])|\\b([0-9a-f]{8})(?=(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)");
    private static final int BEFORE_NUMBER = 1;

    private AmiTemplate(final byte[] bytes, final List<int[]> ids, final List<Integer> bridges) {
        super(bytes, ids, bridges);
    }

    /**
     * Makes a template of blocks.
     *
     * @param text     blocks as they were received, a character a byte.
     * @param ordinals of the ids of the script so far; new ids are added.
     * @return the template.
     */
    static AmiTemplate of(final String text, final Map<String, Integer> ordinals) {
        final StringBuilder out = new StringBuilder(text.length());
        final List<int[]> ids = new ArrayList<>();
        final List<Integer> bridges = new ArrayList<>();
        final Matcher found = ID.matcher(text);
        int from = 0;
        while (found.find()) {
            out.append(text, from, found.start());
            from = found.end();
            if (null == found.group(BEFORE_NUMBER)) {
                bridges.add(out.length());
                out.append(found.group());
            } else {
                out.append(found.group(BEFORE_NUMBER));
                ids.add(new int[] {out.length(), ordinal(ordinals, found.group())});
                out.append(FIRST_NUMBER);
            }
        }
        out.append(text, from, text.length());
        return new AmiTemplate(out.toString().getBytes(StandardCharsets.ISO_8859_1), ids, bridges);
    }

    @Override
    int write(final MutableDirectBuffer buffer, final int offset, final int call, final long sequence, final long timeNs) {
        put(buffer, offset, call);
        return length();
    }
}

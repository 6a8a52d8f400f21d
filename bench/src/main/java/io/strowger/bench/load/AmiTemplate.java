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
 *
 * <p>Where users are asked for, each extension that stands in them becomes a six-digit number, one of that many, by call and extension.
 */
final class AmiTemplate extends Template {
    private static final Pattern ID = Pattern.compile(
        "(?<![\\d.])(\\d{9,11}\\.)\\d+(?![\\d.])|\\b([0-9a-f]{8})(?=(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)");
    private static final int BEFORE_NUMBER = 1;
    private static final int BEFORE_BRIDGE = 2;
    /** The extensions of the captures too, where they are no causes of hang-ups. */
    private static final Pattern ID_OR_EXTENSION = Pattern.compile(ID.pattern() + "|(?<![\\w.+-])(?<!Cause: )([12]0[1-9])(?![\\w.])");
    private static final int EXTENSION = 4;
    private static final int FIRST_USER = 100_000;
    private static final int USER_DIGITS = 6;
    private static final int MIX = 0x9E3779B1;

    /** Offset of each user's number, and the extension that it stands for. */
    private final int[][] extensions;
    private final int users;

    private AmiTemplate(final byte[] bytes, final List<int[]> ids, final List<Integer> bridges, final List<int[]> extensions,
                        final int users) {
        super(bytes, ids, bridges);
        this.extensions = extensions.toArray(int[][]::new);
        this.users = users;
    }

    /** The user at a place from 0. */
    static String user(final int place) {
        return Integer.toString(FIRST_USER + place);
    }

    /**
     * Makes a template of blocks.
     *
     * @param text     blocks as they were received, a character a byte.
     * @param ordinals of the ids of the script so far; new ids are added.
     * @param users    how many there are, up to 900,000; 0: the extensions stay as they are.
     * @return the template.
     */
    static AmiTemplate of(final String text, final Map<String, Integer> ordinals, final int users) {
        final StringBuilder out = new StringBuilder(text.length());
        final List<int[]> ids = new ArrayList<>();
        final List<Integer> bridges = new ArrayList<>();
        final List<int[]> extensions = new ArrayList<>();
        final Matcher found = (0 == users ? ID : ID_OR_EXTENSION).matcher(text);
        int from = 0;
        while (found.find()) {
            out.append(text, from, found.start());
            from = found.end();
            if (null != found.group(BEFORE_NUMBER)) {
                out.append(found.group(BEFORE_NUMBER));
                ids.add(new int[] {out.length(), ordinal(ordinals, found.group())});
                out.append(FIRST_NUMBER);
            } else if (null != found.group(BEFORE_BRIDGE)) {
                bridges.add(out.length());
                out.append(found.group());
            } else {
                extensions.add(new int[] {out.length(), Integer.parseInt(found.group(EXTENSION))});
                out.append(FIRST_USER);
            }
        }
        out.append(text, from, text.length());
        return new AmiTemplate(out.toString().getBytes(StandardCharsets.ISO_8859_1), ids, bridges, extensions, users);
    }

    @Override
    int write(final MutableDirectBuffer buffer, final int offset, final int call, final long sequence, final long timeNs) {
        put(buffer, offset, call);
        for (final int[] extension : extensions) {
            final int user = Math.floorMod(((call * MAX_IDS + extension[1]) * MIX) >>> 1, users);
            putDigits(buffer, offset + extension[0], USER_DIGITS, FIRST_USER + user);
        }
        return length();
    }
}

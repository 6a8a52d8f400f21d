package io.strowger.ops.captures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A leg as it really was. */
final class Leg {
    private static final Pattern EXTENSION = Pattern.compile("[^/]+/(\\d{2,6})-.*");
    private static final List<String> PSEUDO = List.of("Local/", "Message/", "Surrogate/", "Recorder/", "CBAnn/", "AsyncGoto/");

    final String channel;
    final List<String> calls;
    boolean up;
    boolean gone;
    /** Seconds from creation to end, null when not told. */
    Double life;
    /** Seconds it was up, null when not told. */
    Double upFor;
    Integer cause;

    Leg(final String channel, final List<String> calls) {
        this.channel = channel;
        this.calls = calls;
    }

    static boolean isPseudo(final String channel) {
        return PSEUDO.stream().anyMatch(channel::startsWith);
    }

    /** The local user of the leg, null for a trunk. */
    String user() {
        final Matcher extension = EXTENSION.matcher(channel);
        return extension.matches() ? extension.group(1) : null;
    }

    /** The rows of the table "Channels" of an expected.md, by native id. */
    static Map<String, Leg> table(final String expected) {
        final Map<String, Leg> rows = new HashMap<>();
        boolean inside = false;
        for (final String line : expected.split("\n", -1)) {
            if (line.startsWith("## ")) {
                inside = "## Channels".equals(line.strip());
            }
            if (inside && line.startsWith("| ") && !line.startsWith("| channel")) {
                final List<String> cells = new ArrayList<>();
                for (final String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
                    cells.add(cell.strip());
                }
                if (cells.size() >= 10 && !isPseudo(cells.get(0))) {
                    rows.put(cells.get(1), of(cells));
                }
            }
        }
        return rows;
    }

    private static Leg of(final List<String> cells) {
        final Leg leg = new Leg(cells.get(0), List.of(cells.get(2).split(" then ", -1)));
        leg.up = !"never".equals(cells.get(6));
        leg.gone = !"never".equals(cells.get(7));
        if (leg.gone) {
            leg.life = Double.parseDouble(cells.get(7)) - Double.parseDouble(cells.get(5));
        }
        if (!cells.get(8).isEmpty() && !"-".equals(cells.get(8))) {
            leg.upFor = Double.parseDouble(cells.get(8).split(" ", -1)[0]);
        }
        if (!cells.get(9).isEmpty() && Character.isDigit(cells.get(9).charAt(0))) {
            leg.cause = Integer.parseInt(cells.get(9).split(" ", -1)[0]);
        }
        return leg;
    }
}

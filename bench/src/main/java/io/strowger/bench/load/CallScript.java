package io.strowger.bench.load;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.HangupDecoder;
import io.strowger.codecs.sbe.LegKind;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The facts about the legs of one real scenario, in order, from the first leg seen to the last one gone.
 */
final class CallScript {
    private static final int FIRST_LEG_TEMPLATE = 20;
    private static final int LAST_LEG_TEMPLATE = 35;

    private final List<FactTemplate> facts = new ArrayList<>();
    private final List<Integer> liveBehind = new ArrayList<>();

    private CallScript() {
    }

    /**
     * Makes a script of what a translator said; facts about anything but legs are left out.
     *
     * @param scenario name, for the message when it can't be used.
     * @param signals  the facts of the whole stream.
     * @return the script.
     * @throws IllegalStateException when it has no session, leaves one open at its end, or has too many ids.
     */
    static CallScript of(final String scenario, final List<byte[]> signals) {
        final CallScript script = new CallScript();
        final Map<String, Integer> ordinals = new HashMap<>();
        final Set<String> live = new HashSet<>();
        for (final byte[] bytes : signals) {
            final DirectBuffer signal = new UnsafeBuffer(bytes);
            final int template = SignalLayout.templateId(signal, 0);
            if (template >= FIRST_LEG_TEMPLATE && template <= LAST_LEG_TEMPLATE) {
                script.facts.add(FactTemplate.of(bytes, ordinals));
                follow(signal, template, live);
                script.liveBehind.add(live.size());
            }
        }
        final boolean hasSession = script.liveBehind.stream().anyMatch(open -> open > 0);
        if (!hasSession || !live.isEmpty() || ordinals.size() > FactTemplate.MAX_IDS) {
            throw new IllegalStateException("the scenario " + scenario + " can't be repeated: " + script.facts.size() + " facts, "
                + ordinals.size() + " ids, open at its end: " + live);
        }
        return script;
    }

    /** Number of facts. */
    int length() {
        return facts.size();
    }

    /** The fact at a place from 0. */
    FactTemplate fact(final int place) {
        return facts.get(place);
    }

    /** How many sessions are open behind the fact at a place; -1 is before the first. */
    int live(final int place) {
        return place < 0 ? 0 : liveBehind.get(place);
    }

    private static void follow(final DirectBuffer signal, final int template, final Set<String> live) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (LegSeenDecoder.TEMPLATE_ID == template) {
            final LegSeenDecoder seen = new LegSeenDecoder();
            seen.wrapAndApplyHeader(signal, 0, header);
            if (LegKind.DEVICE == seen.legKind()) {
                live.add(seen.nativeId());
            }
        } else if (HangupDecoder.TEMPLATE_ID == template) {
            final HangupDecoder gone = new HangupDecoder();
            gone.wrapAndApplyHeader(signal, 0, header);
            live.remove(gone.nativeId());
        }
    }
}

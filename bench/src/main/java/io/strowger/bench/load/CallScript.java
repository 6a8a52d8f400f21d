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
 * What is said about the legs of one real scenario, in order, from the first leg seen to the last one gone: as facts, or as the bytes they
 * come from.
 */
final class CallScript {
    private static final int FIRST_LEG_TEMPLATE = 20;
    private static final int LAST_LEG_TEMPLATE = 35;

    private final List<Template> facts = new ArrayList<>();
    private final List<Integer> liveBehind = new ArrayList<>();

    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Set<String> live = new HashSet<>();

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
        for (final byte[] bytes : signals) {
            if (isAboutLeg(bytes)) {
                script.add(FactTemplate.of(bytes, script.ordinals), List.of(bytes));
            }
        }
        return script.checked(scenario);
    }

    /**
     * Makes a script of the bytes that a translator makes facts of. A step is a block that says something about legs, with the noise in
     * front of it: blocks that say nothing at all. Blocks about anything but legs are left out, as are their facts above.
     *
     * @param scenario name, for the message when it can't be used.
     * @param blocks   of the whole stream.
     * @param users    how many there are; 0: those of the captures.
     * @return the script.
     * @throws IllegalStateException as above.
     */
    static CallScript ofBlocks(final String scenario, final List<AmiStream.Block> blocks, final int users) {
        final CallScript script = new CallScript();
        final StringBuilder step = new StringBuilder();
        for (final AmiStream.Block block : blocks) {
            final boolean isAboutLegs = block.facts().stream().anyMatch(CallScript::isAboutLeg);
            final boolean isNoise = block.facts().isEmpty() && script.length() > 0;
            if (isAboutLegs || isNoise) {
                step.append(block.text());
            }
            if (isAboutLegs) {
                script.add(AmiTemplate.of(step.toString(), script.ordinals, users), block.facts());
                step.setLength(0);
            }
        }
        return script.checked(scenario);
    }

    private static boolean isAboutLeg(final byte[] fact) {
        final int template = SignalLayout.templateId(new UnsafeBuffer(fact), 0);
        return template >= FIRST_LEG_TEMPLATE && template <= LAST_LEG_TEMPLATE;
    }

    private void add(final Template template, final List<byte[]> said) {
        facts.add(template);
        for (final byte[] fact : said) {
            final DirectBuffer signal = new UnsafeBuffer(fact);
            follow(signal, SignalLayout.templateId(signal, 0), live);
        }
        liveBehind.add(live.size());
    }

    private CallScript checked(final String scenario) {
        final boolean hasSession = liveBehind.stream().anyMatch(open -> open > 0);
        if (!hasSession || !live.isEmpty() || ordinals.size() > Template.MAX_IDS) {
            throw new IllegalStateException("the scenario " + scenario + " can't be repeated: " + facts.size() + " steps, "
                + ordinals.size() + " ids, open at its end: " + live);
        }
        return this;
    }

    /** Number of steps. */
    int length() {
        return facts.size();
    }

    /** Room in a pool for all of it. */
    int poolBytes() {
        return facts.stream().mapToInt(fact -> SignalPool.room(fact.length())).sum();
    }

    /** The step at a place from 0. */
    Template fact(final int place) {
        return facts.get(place);
    }

    /** How many sessions are open behind the step at a place; -1 is before the first. */
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

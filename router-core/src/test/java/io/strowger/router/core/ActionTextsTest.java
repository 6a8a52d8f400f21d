package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.ActionKind;
import io.strowger.router.record.Outcome;
import org.junit.jupiter.api.Test;

/**
 * The places of texts are those of the schema, for each of the fourteen actions.
 */
final class ActionTextsTest {
    private static final int KINDS = 14;

    @Test
    void shouldStandWhereTheSchemaHasThem() {
        for (int kind = 0; kind < KINDS; kind++) {
            final TemplateDescriptor template = SignalCatalog.current().template(ActionTexts.FIRST_TEMPLATE + kind);
            final ActionTexts texts = ActionTexts.of(kind);
            assertEquals(template.textIndex("nativeId"), texts.nativeId(), template.name());
            assertEquals(template.textIndex("clientId"), texts.clientId(), template.name());
            assertEquals(template.textIndex("key"), texts.key(), template.name());
            assertEquals(template.textIndex("user"), texts.user(), template.name());
            assertEquals(template.textIndex("group"), texts.group(), template.name());
            assertEquals(template.textIndex("sourceName"), texts.sourceName(), template.name());
        }
    }

    @Test
    void shouldSendEachKindToTheSourceThatIsNamed() {
        final FoldHarness pbx = new FoldHarness();
        pbx.apply(Asked.hello("pbx-1", Asked.EVERYTHING)).apply(FoldHarness.seen("u101", "c1"))
            .applyFrom(2, Asked.hello("pbx-2", Asked.EVERYTHING)).applyAs(FoldHarness.seen("u101", "c2").from(2, 1, 1_000))
            .applyFrom(0, Asked.grant("crm", Asked.EVERYTHING, "*", "*"));
        for (int kind = 0; kind < KINDS; kind++) {
            for (int source = 1; source <= 2; source++) {
                final ActionTexts texts = ActionTexts.of(kind);
                final Signal ask = Asked.ask(ActionKind.get((short)kind), "crm", "k" + kind + '-' + source, pbx.inMs(60_000))
                    .text(texts.sourceName(), "pbx-" + source);
                if (ActionTexts.NONE != texts.nativeId()) {
                    ask.text(texts.nativeId(), "u101");
                }
                if (ActionTexts.NONE != texts.user()) {
                    ask.text(texts.user(), "101");
                }
                if (ActionTexts.NONE != texts.group()) {
                    ask.text(texts.group(), "support");
                }
                pbx.applyFrom(0, ask);
                assertEquals(Outcome.APPLIED, pbx.outcome);
                assertEquals(source, pbx.core.ownerOf(pbx.out.sequence()), ActionKind.get((short)kind).name());
            }
        }
    }
}

package io.strowger.codecs.admission;

import io.strowger.codecs.catalog.SignalCatalog;
import io.strowger.codecs.catalog.TemplateDescriptor;
import io.strowger.codecs.sbe.ActionResultDecoder;
import io.strowger.codecs.sbe.AuditDecoder;
import io.strowger.codecs.sbe.CreditDecoder;
import io.strowger.codecs.sbe.GenerateCallDecoder;
import io.strowger.codecs.sbe.GroupMembershipDecoder;
import io.strowger.codecs.sbe.LegSeenDecoder;
import io.strowger.codecs.sbe.OtherDecoder;
import io.strowger.codecs.sbe.RenameDecoder;
import io.strowger.codecs.sbe.SendSmsDecoder;
import io.strowger.codecs.sbe.SourceGapDecoder;
import io.strowger.codecs.sbe.SourceHelloDecoder;
import io.strowger.codecs.sbe.SourceSnapshotBeginDecoder;
import io.strowger.codecs.sbe.SubscribeDecoder;
import java.util.BitSet;

/**
 * The templates that one kind of peer may send. Immutable; any thread.
 */
public final class TemplateSet {
    private final BitSet ids;

    private TemplateSet(final BitSet ids) {
        this.ids = ids;
    }

    /**
     * A set of these template ids.
     */
    public static TemplateSet of(final int... templateIds) {
        final BitSet ids = new BitSet();
        for (final int id : templateIds) {
            ids.set(id);
        }
        return new TemplateSet(ids);
    }

    /**
     * Every template there is: for bytes that the router or a tool made itself.
     */
    public static TemplateSet all() {
        final BitSet ids = new BitSet();
        for (final TemplateDescriptor template : SignalCatalog.current().templates()) {
            ids.set(template.id());
        }
        return new TemplateSet(ids);
    }

    /**
     * What a source may say: its connection and lists, every fact, and the results of actions.
     */
    public static TemplateSet forSources() {
        final BitSet ids = new BitSet();
        ids.set(SourceHelloDecoder.TEMPLATE_ID);
        ids.set(SourceSnapshotBeginDecoder.TEMPLATE_ID, SourceGapDecoder.TEMPLATE_ID + 1);
        ids.set(LegSeenDecoder.TEMPLATE_ID, RenameDecoder.TEMPLATE_ID + 1);
        ids.set(GroupMembershipDecoder.TEMPLATE_ID, OtherDecoder.TEMPLATE_ID + 1);
        ids.set(ActionResultDecoder.TEMPLATE_ID);
        return new TemplateSet(ids);
    }

    /**
     * What an application may say: subscriptions, credit and the fourteen actions.
     */
    public static TemplateSet forApplications() {
        final BitSet ids = new BitSet();
        ids.set(SubscribeDecoder.TEMPLATE_ID);
        ids.set(CreditDecoder.TEMPLATE_ID);
        ids.set(GenerateCallDecoder.TEMPLATE_ID, SendSmsDecoder.TEMPLATE_ID + 1);
        return new TemplateSet(ids);
    }

    /** What the gates of a server say of who came. */
    public static TemplateSet forAudit() {
        return of(AuditDecoder.TEMPLATE_ID);
    }

    /**
     * Whether the template is one of them.
     *
     * @param templateId from 0.
     */
    public boolean contains(final int templateId) {
        return ids.get(templateId);
    }
}

package io.strowger.router.pipeline;

import io.strowger.codecs.SignalLayout;
import io.strowger.codecs.sbe.RejectReason;
import io.strowger.router.action.ActionTemplates;
import org.agrona.DirectBuffer;

/**
 * An admission that lets in no action and no grant, whatever the one before it does: those come through the handle of a client alone, which
 * answers for their tenant and client id.
 */
final class NoClients implements Admission {
    private final Admission admission;

    NoClients(final Admission admission) {
        this.admission = admission;
    }

    @Override
    public int check(final DirectBuffer buffer, final int offset, final int length) {
        final int reason = admission.check(buffer, offset, length);
        final boolean isOfClients = 0 == reason && ActionTemplates.isOfClients(SignalLayout.templateId(buffer, offset));
        return isOfClients ? RejectReason.NOT_ALLOWED.value() : reason;
    }
}

package io.strowger.ops.server;

import io.strowger.ops.config.ApplicationConfig;
import io.strowger.router.Router;
import io.strowger.router.action.ActionGrant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What applications might ask for once, and may no more: it is taken out of the router's state, too, so that nothing but the configuration
 * says who may do what. The journal remembers it across restarts. Any thread that may wait.
 */
final class GoneGrants {
    private static final System.Logger LOG = System.getLogger(GoneGrants.class.getName());

    private GoneGrants() {
    }

    /** Takes every grant back that is none of these applications'. What was accepted goes its way. */
    static void revoke(final Router router, final List<ApplicationConfig> applications) {
        final Set<String> kept = applications.stream().filter(application -> null != application.act())
            .map(application -> application.tenant() + "/" + application.id()).collect(Collectors.toSet());
        try {
            for (final ActionGrant grant : router.actionGrants()) {
                if (!kept.contains(grant.tenant() + "/" + grant.clientId())) {
                    router.revokeActions(grant);
                    LOG.log(System.Logger.Level.INFO,
                        () -> grant.clientId() + " of tenant " + grant.tenant() + " may ask for no actions any more");
                }
            }
        } catch (final IllegalStateException fault) {
            // nobody comes in by them: it is done with the next change, or the next start
            LOG.log(System.Logger.Level.WARNING,
                () -> "grants of applications that may ask for nothing are still there: " + fault.getMessage());
        }
    }
}

package io.strowger.ops.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.config.RouterConfig;
import io.strowger.router.RouterContext;
import io.strowger.router.ThreadingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a configuration says of the router.
 */
class RunningRouterTest {
    @Test
    void shouldSetEverythingThatIsSaid() {
        final RouterContext context = new RouterContext();
        RunningRouter.size(context, new RouterConfig(ThreadingMode.SPLIT, 1_001, 202, 33, 1_007, 55, 60));
        final List<String> set = context.toString().lines().map(String::strip).toList();
        for (final String wanted : List.of("sessionCapacity=1001", "userCapacity=202", "groupCapacity=33", "sourceCapacity=1007",
            "actionCapacity=55", "actionKeepMs=3600000", "threadingMode=SPLIT")) {
            assertTrue(set.contains(wanted), wanted + " in " + set);
        }
    }

    @Test
    void shouldLeaveWhatIsNotSaid() {
        final RouterContext context = new RouterContext();
        RunningRouter.size(context, RouterConfig.DEFAULT);
        assertEquals(new RouterContext().toString(), context.toString());
    }
}

package io.strowger.router.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.codecs.sbe.EventType;
import io.strowger.codecs.sbe.Kind;
import io.strowger.codecs.sbe.MembershipAction;
import io.strowger.router.fixture.ShownItem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The items of a state say what its walk shows, and those of one user are all of the items about it.
 */
final class StatusItemsPropertyTest {
    private static final int TENANT = 1;
    private static final long POSITION = 77;

    @Property(tries = 200)
    void shouldSayWhatTheStateHolds(@ForAll final long seed) {
        final Random random = new Random(seed);
        final FoldHarness pbx = new FoldHarness().hello(true);
        pbx.core.indexUsers();
        for (final Consumer<FoldHarness> fact : ConvergencePropertyTest.disturbed(random)) {
            fact.accept(pbx.later(10));
            if (pbx.core.owes()) {
                pbx.payOnce();
            }
            if (0 == random.nextInt(10)) {
                checkItems(pbx.core);
            }
        }
        checkItems(pbx.core);
    }

    @Property(tries = 50)
    void shouldFindTheSessionsOfAUserWhenTheIndexComesLater(@ForAll final long seed) {
        final FoldHarness pbx = new FoldHarness().hello(true);
        for (final Consumer<FoldHarness> fact : ConvergencePropertyTest.disturbed(new Random(seed))) {
            fact.accept(pbx.later(10));
        }
        pbx.core.indexUsers();
        checkItems(pbx.core);
    }

    @Test
    void shouldSayWhoIsLoggedInToAGroupAndWhoIsNotReady() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.apply(FoldHarness.membership(MembershipAction.ADDED, "101", "sales"))
            .apply(FoldHarness.membership(MembershipAction.ADDED, "102", "sales"))
            .apply(FoldHarness.membership(MembershipAction.PAUSED, "102", "sales"))
            .apply(FoldHarness.membership(MembershipAction.ADDED, "103", "sales"))
            .apply(FoldHarness.membership(MembershipAction.REMOVED, "103", "sales"));
        final List<String> members = new ArrayList<>();
        assertTrue(pbx.core.items(TENANT, POSITION, (buffer, offset, length) -> {
            final ShownItem item = ShownItem.of(buffer, offset);
            if (Kind.GROUP == item.kind()) {
                members.add(item.user() + " " + item.type() + " " + item.group());
            }
            return true;
        }));
        assertEquals(List.of(" NULL_VAL sales", "101 GROUP_LOGGED_IN sales", "102 GROUP_NOT_READY sales"), members);
    }

    @Test
    void shouldSayOfAMemberWhoIsNoUserThatTheGroupHasOne() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.core.indexUsers();
        pbx.apply(FoldHarness.membership(MembershipAction.ADDED, "101", "sales").text(0, null).text(2, "Local/9@agents"));
        final List<String> members = new ArrayList<>();
        assertTrue(pbx.core.items(TENANT, POSITION, (buffer, offset, length) -> {
            final ShownItem item = ShownItem.of(buffer, offset);
            if (EventType.GROUP_LOGGED_IN == item.type()) {
                members.add(item.tenant() + " " + item.user() + " " + item.group());
            }
            return true;
        }));
        assertEquals(List.of("1  sales"), members);
        assertTrue(pbx.core.userItems(TENANT, bytes("101"), POSITION, (buffer, offset, length) -> true));
    }

    @Test
    void shouldStopWhenAnItemIsRefused() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.apply(FoldHarness.seen("u101", "u101")).apply(FoldHarness.seen("u102", "u102"));
        final int[] count = new int[1];
        assertFalse(pbx.core.items(Core.EVERY_TENANT, POSITION, (buffer, offset, length) -> ++count[0] < 2));
        assertEquals(2, count[0]);
    }

    @Test
    void shouldShowNothingOfAnotherTenant() {
        final FoldHarness pbx = FoldHarness.up();
        pbx.apply(FoldHarness.seen("u101", "u101"));
        assertTrue(pbx.core.items(TENANT + 1, POSITION, (buffer, offset, length) -> {
            throw new AssertionError("an item");
        }));
    }

    private static void checkItems(final Core core) {
        final Map<String, String> walked = StatusWalk.of(core);
        final Map<String, String> said = new TreeMap<>();
        final List<String> groups = new ArrayList<>();
        assertTrue(core.items(Core.EVERY_TENANT, POSITION, (buffer, offset, length) -> {
            note(ShownItem.of(buffer, offset), said, groups);
            return true;
        }));
        assertEquals(walked, said);
        assertEquals(GroupWalk.waiting(core), groups.stream().sorted().toList());
        final Map<String, String> ofUsers = new TreeMap<>();
        for (final String user : walked.values().stream().map(shown -> shown.split(" ", -1)[1]).distinct().toList()) {
            if (!user.isEmpty()) {
                assertTrue(core.userItems(TENANT, bytes(user), POSITION, (buffer, offset, length) -> {
                    note(ShownItem.of(buffer, offset), ofUsers, new ArrayList<>());
                    return true;
                }));
            }
        }
        walked.values().removeIf(shown -> shown.split(" ", -1)[1].isEmpty());
        assertEquals(walked, ofUsers);
    }

    private static void note(final ShownItem item, final Map<String, String> sessions, final List<String> groups) {
        assertEquals(POSITION, item.position());
        if (Kind.SESSION == item.kind()) {
            sessions.put(item.nativeId(), item.callId() + " " + item.user() + " " + item.remoteParty() + " " +
                item.direction().name().toLowerCase(Locale.ROOT));
        } else if (Kind.GROUP == item.kind() && EventType.NULL_VAL == item.type()) {
            groups.add(item.group() + " " + item.waiting());
        }
    }

    private static UnsafeBuffer bytes(final String name) {
        return new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
    }
}

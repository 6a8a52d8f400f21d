package io.strowger.router.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Clients come and go.
 */
class ClientTableTest {
    @Test
    void shouldForgetAClientWithItsLastHandle() {
        final ClientTable table = new ClientTable();
        for (int i = 0; i < 1_000; i++) {
            final ActionLine line = line("client-" + i, 1);
            table.add(line);
            assertEquals(1, table.size());
            table.remove(line);
            assertEquals(0, table.size());
        }
        final ActionLine first = line("crm", 1);
        final ActionLine second = line("crm", 1);
        table.add(first);
        table.add(second);
        table.remove(first);
        table.remove(first);
        assertEquals(1, find(table, "crm", 1).size());
        table.remove(second);
        table.remove(second);
        assertNull(find(table, "crm", 1));
    }

    @Test
    void shouldFindThoseThatCollideWithOneThatHasGone() {
        for (int gone = 0; gone < 12; gone++) {
            final ClientTable table = new ClientTable(3);
            final List<ActionLine> lines = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                lines.add(line("client-" + i, i));
                table.add(lines.get(i));
            }
            table.remove(lines.get(gone));
            for (int i = 0; i < 12; i++) {
                if (i == gone) {
                    assertNull(find(table, "client-" + i, i));
                } else {
                    assertTrue(find(table, "client-" + i, i).get(0) == lines.get(i), "client-" + i + " behind " + gone);
                }
            }
            assertEquals(11, table.size());
        }
    }

    private static ActionLine line(final String client, final int tenant) {
        return new ActionLine(ActionGrant.of(client, tenant).withWindow(1), client.getBytes(StandardCharsets.UTF_8));
    }

    private static ClientLines find(final ClientTable table, final String client, final int tenant) {
        final UnsafeBuffer id = new UnsafeBuffer(client.getBytes(StandardCharsets.UTF_8));
        return table.find(tenant, id, 0, id.capacity());
    }
}

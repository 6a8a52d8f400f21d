package io.strowger.router.follower;

import io.strowger.router.dispatch.StatusReport;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Questions that wait for their answer: the tenants take turns, each with its oldest, so however many one of them asks, another waits for
 * one answer to it and not for all.
 *
 * <pre>
 *   tenant 1   a b c d e ...
 *   tenant 2   f               answered: a f g b h c d e ...
 *   tenant 3   g h
 * </pre>
 *
 * <p>Any thread.
 */
final class OpenQuestions {
    /** Most that wait for one tenant. */
    static final int MAX_A_TENANT = 1 << 16;

    /** Who has been answered last stands last. */
    private final Map<Integer, Queue<Question>> tenants = new LinkedHashMap<>();

    /**
     * Adds a question.
     *
     * @param report  to be answered.
     * @param atLeast the sequence it must not be older than.
     * @return false when too many of its tenant wait.
     */
    synchronized boolean add(final StatusReport report, final long atLeast) {
        final Queue<Question> own = tenants.computeIfAbsent(report.tenant(), number -> new ArrayDeque<>());
        return own.size() < MAX_A_TENANT && own.add(new Question(report, atLeast));
    }

    /**
     * Takes the next that can be answered.
     *
     * @param position of who answers.
     * @return null when there is none.
     */
    synchronized StatusReport next(final long position) {
        final Iterator<Map.Entry<Integer, Queue<Question>>> all = tenants.entrySet().iterator();
        while (all.hasNext()) {
            final Map.Entry<Integer, Queue<Question>> tenant = all.next();
            if (tenant.getValue().element().atLeast() <= position) {
                all.remove();
                final StatusReport report = tenant.getValue().remove().report();
                if (!tenant.getValue().isEmpty()) {
                    tenants.put(tenant.getKey(), tenant.getValue());
                }
                return report;
            }
        }
        return null;
    }

    /** Answers none of them. Returns how many there were. */
    synchronized int refuseAll(final String reason) {
        int count = 0;
        for (final Queue<Question> own : tenants.values()) {
            own.forEach(question -> question.report().refuse(reason));
            count += own.size();
        }
        tenants.clear();
        return count;
    }

    /**
     * Somebody waits.
     *
     * @param report  to be answered.
     * @param atLeast the sequence it must not be older than.
     */
    private record Question(StatusReport report, long atLeast) {
    }
}

package io.strowger.router.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The groups of a core as its status shows them, by name.
 */
final class GroupWalk implements StateVisitor {
    private final List<String> waiting = new ArrayList<>();
    private final List<String> members = new ArrayList<>();

    private GroupWalk(final Core core) {
        core.visit(this);
    }

    static List<String> waiting(final Core core) {
        return new GroupWalk(core).waiting.stream().sorted().toList();
    }

    static List<String> members(final Core core) {
        return new GroupWalk(core).members.stream().sorted().toList();
    }

    @Override
    public void session(final SessionStatus session) {
        // only groups are asked for
    }

    @Override
    public void user(final int tenant, final String name, final String presence) {
        // only groups are asked for
    }

    @Override
    public void group(final int tenant, final String name, final int inQueue, final int logged) {
        waiting.add(name + " " + inQueue);
        members.add(name + " " + logged);
    }

    @Override
    public void source(final SourceStatus source) {
        // only groups are asked for
    }
}

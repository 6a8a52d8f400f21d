package io.strowger.ops.health;

/**
 * Who looks after a router.
 *
 * @param journal at its disk.
 * @param room    at its tables.
 */
public record Watches(JournalWatch journal, RoomWatch room) {
    /** What will soon keep it from its work, or has begun to, for who operates it; null when nothing does. */
    public String warning() {
        final String disk = journal.readiness().warning();
        final String tables = room.warning();
        return null == disk ? tables : null == tables ? disk : disk + "; " + tables;
    }
}

package io.strowger.ops.act;

/**
 * What became of an action.
 *
 * @param json       the answer as it came, one line.
 * @param key        by which it was asked for.
 * @param action     its name.
 * @param status     done, failed, timed-out or unknown.
 * @param text       why, in the call router's words; may be empty.
 * @param isRepeated whether it is of an earlier ask with this key, whatever this one has asked for.
 */
public record ActionOutcome(String json, String key, String action, String status, String text, boolean isRepeated) {
    /** Whether the call router has done it. */
    public boolean isDone() {
        return "done".equals(status);
    }
}

package io.strowger.ops.config.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is wrong in a file, and what its writer should know, by line and key.
 */
final class Complaints {
    /** And other control characters. */
    private static final Pattern LINE_ENDS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private final Path file;
    private final YamlLines lines;
    private final List<Complaint> wrong = new ArrayList<>();
    private final List<Complaint> warnings = new ArrayList<>();
    /** Values that can't be read, and keys that are missing, by pointer. */
    private final List<String> broken = new ArrayList<>();
    /** Keys that there are not. */
    private final List<String> unknown = new ArrayList<>();

    Complaints(final Path file, final YamlLines lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * A value can't be read, or is missing: what else there is to say of it comes of that, and is not said.
     *
     * @param pointer of the value.
     * @param at      of what the complaint is about.
     */
    void breaks(final String pointer, final String at, final String reason) {
        broken.add(pointer);
        wrong.add(new Complaint(lines.of(at), key(at), reason));
    }

    /** Whether a value can't be read, or is missing. */
    boolean isBroken(final String pointer) {
        return broken.contains(pointer);
    }

    /** There is no such key. */
    void unknown(final String pointer, final String reason) {
        unknown.add(pointer);
        wrong.add(new Complaint(lines.of(pointer), key(pointer), reason));
    }

    /** Something can't be used. */
    void add(final String pointer, final String reason) {
        if (broken.stream().noneMatch(each -> isNear(pointer, each) || isNameBeside(pointer, each))
            && unknown.stream().noneMatch(each -> isNear(pointer, each))) {
            wrong.add(new Complaint(lines.of(pointer), key(pointer), reason));
        }
    }

    /** Something can be used, but hardly as it was meant. */
    void warn(final String pointer, final String reason) {
        warnings.add(new Complaint(lines.of(pointer), key(pointer) + "warning: ", reason));
    }

    boolean isEmpty() {
        return wrong.isEmpty();
    }

    /** In the order of the lines, each once. */
    List<String> wrong() {
        return sorted(wrong);
    }

    /** Likewise. */
    List<String> warnings() {
        return sorted(warnings);
    }

    private List<String> sorted(final List<Complaint> all) {
        return all.stream().sorted(Comparator.comparingInt(Complaint::line))
            .map(complaint -> file + ":" + complaint.line() + ": " + oneLine(complaint.key() + complaint.reason())).distinct().toList();
    }

    /** Keys and values stand in it as they are written. */
    private static String oneLine(final String text) {
        return LINE_ENDS.matcher(text).replaceAll(" ");
    }

    /** It, within it, or the thing that it is a key of. */
    private static boolean isNear(final String pointer, final String other) {
        return pointer.equals(other) || pointer.startsWith(other + '/') || pointer.equals(parent(other));
    }

    /** Whether a name is there twice can't be said where the tenant is not known. */
    private static boolean isNameBeside(final String pointer, final String other) {
        return (pointer.endsWith("/name") || pointer.endsWith("/id")) && parent(pointer).equals(parent(other));
    }

    private static String parent(final String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    /** {@code /sources/0/name} as {@code sources[0].name: }. */
    private static String key(final String pointer) {
        return pointer.isEmpty() ? "" : pointer.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.') + ": ";
    }

    /** Something in a line. */
    private record Complaint(int line, String key, String reason) {
    }
}

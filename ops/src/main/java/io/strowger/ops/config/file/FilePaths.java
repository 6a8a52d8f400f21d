package io.strowger.ops.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Paths of a configuration: one that is not from the root on is from the folder of the configuration's file on, wherever the server is
 * started.
 */
final class FilePaths {
    private static final List<String> TLS = List.of("certificate", "key", "authorities");

    private final Path folder;
    private final Complaints complaints;

    FilePaths(final Path file, final Complaints complaints) {
        this.folder = file.toAbsolutePath().getParent();
        this.complaints = complaints;
    }

    /** Has every path in it begin at the root. */
    void resolve(final JsonNode tree) {
        resolve(tree.get("journal"), "directory", "/journal");
        walk(tree, "");
    }

    private void walk(final JsonNode node, final String at) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), at + '/' + i);
            }
            return;
        }
        resolve(node, "secretFile", at);
        for (final Map.Entry<String, JsonNode> each : node.properties()) {
            final String place = at + '/' + each.getKey();
            if ("tls".equals(each.getKey())) {
                TLS.forEach(name -> resolve(each.getValue(), name, place));
            } else if (each.getValue().isContainerNode()) {
                walk(each.getValue(), place);
            }
        }
    }

    private void resolve(final JsonNode node, final String name, final String at) {
        if (node instanceof ObjectNode object && object.path(name).isTextual()) {
            try {
                object.put(name, folder.resolve(object.get(name).textValue()).normalize().toString());
            } catch (final InvalidPathException e) {
                complaints.breaks(at + '/' + name, at + '/' + name, "is no path: " + e.getReason());
            }
        }
    }
}

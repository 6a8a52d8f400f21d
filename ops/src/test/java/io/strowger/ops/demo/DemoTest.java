package io.strowger.ops.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.ops.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @Test
    void shouldShowEveryCaptureAndReplayExactlyWhenRun(@TempDir final Path folder) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertTrue(new Demo(new Console(stream, stream, false, false, false), folder, 1).run());
        final String text = out.toString(StandardCharsets.UTF_8);
        final List<String> lines = text.lines().toList();
        for (final DemoCapture capture : DemoCapture.ALL) {
            assertTrue(lines.contains(capture.name() + ": " + capture.story()), text);
        }
        assertTrue(text.contains("open sessions at the end (sequence ") && text.contains("): none"), text);
        assertEquals("equal: the journal replays exactly", lines.get(lines.size() - 1));
        assertTrue(lines.size() < 200, () -> "lines: " + lines.size());
        assertFalse(text.contains("\u001b"), "no terminal, no colour");
    }

    @Test
    void shouldLeaveNothingWhenTemporaryFolderIsClosed() {
        final Path path;
        try (TemporaryFolder folder = new TemporaryFolder()) {
            path = folder.path();
            DemoCapture.unpackFirst(path);
            assertTrue(Files.isDirectory(path));
        }
        assertFalse(Files.exists(path));
    }
}

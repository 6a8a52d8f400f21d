package io.strowger.bench.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.bench.result.Curve;
import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.ResultNote;
import io.strowger.bench.result.Spread;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotCommandTest {
    private static final String LONG_NAME =
        "router, shared, 3 taps, a case with a name that is much longer than any bar could be, sessions=1000000";

    @TempDir
    private Path folder;

    private Path results;
    private Path out;

    @BeforeEach
    void makeFolders() throws IOException {
        results = Files.createDirectory(folder.resolve("results"));
        out = folder.resolve("charts");
    }

    @Test
    void shouldDrawWaitsOfEachRateAndOfEachCase() throws Exception {
        Files.write(results.resolve("latency.curves.jsonl"), List.of(curve("disk & <none>", 100, 10, false).toJson(),
            curve("memory", 100, 20, false).toJson(), curve("disk & <none>", 200, 400, true).toJson(),
            new Curve("latency", "climb", "fell behind at once", 200, true, new Histogram(3)).toJson()));
        Files.write(results.resolve("latency.jsonl"), List.of(line("disk", 1).toJson()));
        Files.writeString(results.resolve("latency.environment.txt"), "cpu: a fast one\nflags: -Xmx1g\nread_ahead_kb: 8192\n");
        assertEquals(0, PlotCommand.run(List.of(results.toString(), "--out", out.toString())));
        assertEquals(List.of("latency-climb-at-100-a-second", "latency-climb-at-200-a-second", "latency-climb-disk-none"), stems());
        final List<String> at100 = texts("latency-climb-at-100-a-second");
        assertTrue(at100.containsAll(List.of("disk & <none>", "memory", "99.9%", "100", "us from the intended time to the callback",
            "latency climb at 100 a second")), at100::toString);
        assertTrue(at100.contains("cpu: a fast one · read_ahead_kb: 8192"), at100::toString);
        assertTrue(texts("latency-climb-at-200-a-second").containsAll(List.of("disk & <none>, missed", "fell behind at once, missed")));
        assertTrue(texts("latency-climb-disk-none").containsAll(List.of("100 a second", "200 a second, missed")));
        for (final String stem : stems()) {
            final BufferedImage png = ImageIO.read(out.resolve(stem + ".png").toFile());
            assertEquals(1200, png.getWidth());
            assertEquals(800, png.getHeight());
            assertTrue(colours(png) > 3, "nothing is drawn");
        }
    }

    @Test
    void shouldDrawABarForEachCaseOfAUnit() throws Exception {
        final Path file = results.resolve("pipeline.jsonl");
        final ResultLine other = line("bare Chronicle", 4);
        Files.write(file, List.of(line(LONG_NAME, 2).beside(other).toJson(), line(LONG_NAME, 2).toJson(), other.toJson(),
            ResultLine.alone("pipeline", "processor time", new Spread(2, 1, 3), "cpu-ns/signal").toJson(),
            new ResultNote("pipeline", "bare Chronicle", "a note").toJson()));
        assertEquals(0, PlotCommand.run(List.of(file.toString(), "--out", out.toString())));
        assertEquals(List.of("pipeline-cpu-ns-a-signal", "pipeline-signals-a-s"), stems());
        final List<String> texts = texts("pipeline-signals-a-s");
        assertTrue(texts.containsAll(List.of(LONG_NAME, "bare Chronicle", "signals/s", "median")), texts::toString);
        assertEquals(1, texts.stream().filter(LONG_NAME::equals).count());
        final BufferedImage png = ImageIO.read(out.resolve("pipeline-signals-a-s.png").toFile());
        final Element svg = svg("pipeline-signals-a-s").getDocumentElement();
        assertEquals(svg.getAttribute("width"), Integer.toString(png.getWidth()));
        assertEquals(svg.getAttribute("height"), Integer.toString(png.getHeight()));
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        assertEquals(2, PlotCommand.run(List.of()));
        assertEquals(2, PlotCommand.run(List.of(results.toString())));
        assertEquals(2, PlotCommand.run(List.of("--fast", results.toString(), "--out", out.toString())));
        assertEquals(1, PlotCommand.run(List.of(results.resolve("absent").toString(), "--out", out.toString())));
        assertEquals(1, PlotCommand.run(List.of(results.toString(), "--out", out.toString())), "nothing is in it");
        final Path broken = results.resolve("broken.jsonl");
        Files.writeString(broken, "nonsense\n");
        assertEquals(1, PlotCommand.run(List.of(broken.toString(), "--out", out.toString())));
        assertFalse(Files.exists(out.resolve("broken.svg")));
    }

    private static Curve curve(final String name, final int rate, final int us, final boolean isMissed) {
        final Histogram waits = new Histogram(3);
        for (int i = 1; i <= 10_000; i++) {
            waits.recordValue(us * (1_000L + i));
        }
        return new Curve("latency", "climb", name, rate, isMissed, waits);
    }

    private static ResultLine line(final String name, final double median) {
        return ResultLine.alone("pipeline", name, new Spread(median, median / 2, median * 2), "signals/s");
    }

    private List<String> stems() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            final List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            final List<String> stems = names.stream().filter(name -> name.endsWith(".svg")).map(name -> name.replace(".svg", "")).toList();
            assertEquals(stems, names.stream().filter(name -> name.endsWith(".png")).map(name -> name.replace(".png", "")).toList());
            return stems;
        }
    }

    private List<String> texts(final String stem) throws Exception {
        final NodeList nodes = svg(stem).getElementsByTagNameNS("*", "text");
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private Document svg(final String stem) throws Exception {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(out.resolve(stem + ".svg").toFile());
    }

    private static long colours(final BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())).distinct().count();
    }
}

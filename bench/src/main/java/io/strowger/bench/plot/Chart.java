package io.strowger.bench.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.TextTitle;
import org.w3c.dom.Document;

/**
 * A chart to be written. What is text in it is text in its SVG as well.
 *
 * @param name  of its files, without ending.
 * @param chart drawn by both.
 * @param size  in pixels.
 */
record Chart(String name, JFreeChart chart, Dimension size) {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String NOT_IN_A_NAME = "[^A-Za-z0-9.]+";
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    private static final Font BELOW = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    /**
     * A chart with its titles.
     *
     * @param title       of it, and of its files.
     * @param environment one line below, may be empty.
     */
    static Chart of(final String title, final String environment, final Plot plot, final Dimension size) {
        final JFreeChart chart = new JFreeChart(title, TITLE, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        if (!environment.isEmpty()) {
            chart.addSubtitle(new TextTitle(environment, BELOW));
        }
        return new Chart(title.replaceAll(NOT_IN_A_NAME, "-").replaceAll("-$", ""), chart, size);
    }

    /** Writes it as SVG and as PNG. Returns the files. */
    List<Path> write(final Path folder) throws IOException {
        final Path svg = folder.resolve(name + ".svg");
        final Path png = folder.resolve(name + ".png");
        writeSvg(svg);
        if (!ImageIO.write(chart.createBufferedImage(size.width, size.height), "png", png.toFile())) {
            throw new IOException("this JDK writes no PNG");
        }
        return List.of(svg, png);
    }

    private void writeSvg(final Path file) throws IOException {
        try {
            final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                .createDocument(SVG, "svg", null);
            final SVGGraphics2D graphics = new SVGGraphics2D(document);
            graphics.setSVGCanvasSize(size);
            // else text that stands upright becomes shapes
            TextUtils.setUseDrawRotatedStringWorkaround(false);
            chart.draw(graphics, new Rectangle(size));
            TransformerFactory.newInstance().newTransformer()
                .transform(new DOMSource(graphics.getRoot()), new StreamResult(file.toFile()));
            graphics.dispose();
        } catch (final ParserConfigurationException | TransformerException e) {
            throw new IOException(file + " can't be written", e);
        }
    }
}

package io.strowger.bench.plot;

import io.strowger.bench.result.ResultLine;
import io.strowger.bench.result.Spread;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.IntervalBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.category.DefaultIntervalCategoryDataset;

/**
 * A bar a case, as long as its median; a thin one over it from the least to the greatest of its rounds.
 */
final class BarChart {
    private static final int BARS_WIDTH = 700;
    private static final int HEAD_HEIGHT = 140;
    private static final int BAR_HEIGHT = 26;
    private static final double THIN = 0.004;
    private static final float LABELS_PART = 0.95f;
    private static final Color MEDIAN = new Color(0x4C, 0x78, 0xA8);
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private BarChart() {
    }

    /**
     * Makes a chart.
     *
     * @param title       of it, and of its files.
     * @param environment one line below, may be empty.
     * @param lines       of one unit; a case that is compared with several yardsticks is shown once.
     */
    static Chart of(final String title, final String environment, final List<ResultLine> lines) {
        final Map<String, ResultLine> cases = new LinkedHashMap<>();
        lines.forEach(line -> cases.putIfAbsent(line.caseName(), line));
        final String[] names = cases.keySet().toArray(String[]::new);
        final DefaultCategoryDataset medians = new DefaultCategoryDataset();
        cases.forEach((name, line) -> medians.addValue(line.spread().median(), "median", name));
        final DefaultIntervalCategoryDataset spreads = new DefaultIntervalCategoryDataset(
            new String[] {"least to greatest round"}, names, row(cases, Spread::min), row(cases, Spread::max));
        final CategoryAxis labels = new CategoryAxis();
        labels.setTickLabelFont(LABELS);
        labels.setMaximumCategoryLabelLines(1);
        labels.setMaximumCategoryLabelWidthRatio(LABELS_PART);
        final CategoryPlot plot = new CategoryPlot(medians, labels, new NumberAxis(lines.get(0).unit()), bars());
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setDataset(1, spreads);
        plot.setRenderer(1, spread());
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        return Chart.of(title, environment, plot, new Dimension(BARS_WIDTH + widest(names), HEAD_HEIGHT + names.length * BAR_HEIGHT));
    }

    private static BarRenderer bars() {
        final BarRenderer bars = new BarRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setSeriesPaint(0, MEDIAN);
        return bars;
    }

    private static IntervalBarRenderer spread() {
        final IntervalBarRenderer spread = new IntervalBarRenderer();
        spread.setBarPainter(new StandardBarPainter());
        spread.setShadowVisible(false);
        spread.setMaximumBarWidth(THIN);
        spread.setSeriesPaint(0, Color.BLACK);
        return spread;
    }

    private static Number[][] row(final Map<String, ResultLine> cases, final ToDoubleFunction<Spread> value) {
        return new Number[][] {cases.values().stream().map(line -> value.applyAsDouble(line.spread())).toArray(Number[]::new)};
    }

    /** Pixels of the longest name, so that none is cut. */
    private static int widest(final String[] names) {
        final FontRenderContext context = new FontRenderContext(null, true, true);
        double widest = 0;
        for (final String name : names) {
            widest = Math.max(widest, LABELS.getStringBounds(name, context).getWidth());
        }
        return (int)widest;
    }
}

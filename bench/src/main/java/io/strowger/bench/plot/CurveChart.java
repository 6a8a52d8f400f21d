package io.strowger.bench.plot;

import io.strowger.bench.result.Curve;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Stroke;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Waits over percentiles: both axes logarithmic, the one below in nines. The curve of a rate that was missed is dashed.
 */
final class CurveChart {
    private static final Dimension SIZE = new Dimension(1200, 800);
    private static final int TICKS_A_HALF = 10;
    private static final double ALL = 100;
    private static final double NS_PER_US = 1_000;
    private static final double LEAST_US = 0.01;
    private static final float SATURATION = 0.85f;
    private static final float DARK = 0.55f;
    private static final float LIGHTER = 0.3f;
    private static final Stroke KEPT = new BasicStroke(1.5f);
    private static final Stroke MISSED = new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0);

    private CurveChart() {
    }

    /**
     * Makes a chart.
     *
     * @param title       of it, and of its files.
     * @param environment one line below, may be empty.
     * @param curves      one a line in the chart.
     * @param name        of a curve.
     */
    static Chart of(final String title, final String environment, final List<Curve> curves, final Function<Curve, String> name) {
        final XYSeriesCollection data = new XYSeriesCollection();
        final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
        for (int i = 0; i < curves.size(); i++) {
            final Curve curve = curves.get(i);
            data.addSeries(series(curve.waitsNs(), name.apply(curve) + (curve.isMissed() ? ", missed" : "")));
            lines.setSeriesPaint(i, Color.getHSBColor((float)i / curves.size(), SATURATION, DARK + i % 2 * LIGHTER));
            lines.setSeriesStroke(i, curve.isMissed() ? MISSED : KEPT);
        }
        final NumberAxis percentiles = axis("waits that are no longer", power -> ALL - ALL / power, "%");
        final NumberAxis waits = axis("us from the intended time to the callback", power -> power, "");
        return Chart.of(title, environment, new XYPlot(data, percentiles, waits, lines), SIZE);
    }

    private static NumberAxis axis(final String label, final DoubleUnaryOperator shown, final String unit) {
        final NumberAxis axis = new NumberAxis(label);
        axis.setAutoRangeIncludesZero(false);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setNumberFormatOverride(new Powers(shown, unit));
        return axis;
    }

    /** At x, all but one of 10^x waits are no longer than 10^y. */
    private static XYSeries series(final Histogram waitsNs, final String name) {
        final XYSeries series = new XYSeries(name, false);
        final double count = waitsNs.getTotalCount();
        for (final HistogramIterationValue value : waitsNs.percentiles(TICKS_A_HALF)) {
            final double rest = 1 - value.getPercentileLevelIteratedTo() / ALL;
            series.add(Math.log10(Math.min(count, 1 / rest)), Math.log10(Math.max(LEAST_US, value.getValueIteratedTo() / NS_PER_US)));
        }
        return series;
    }

    /** Shows a power of ten as what it stands for. */
    private static final class Powers extends NumberFormat {
        private static final long serialVersionUID = 1;
        private static final double TEN = 10;

        private final DecimalFormat figure = new DecimalFormat("#,##0.########", DecimalFormatSymbols.getInstance(Locale.ROOT));
        private final transient DoubleUnaryOperator shown;
        private final String unit;

        Powers(final DoubleUnaryOperator shown, final String unit) {
            this.shown = shown;
            this.unit = unit;
        }

        @Override
        public StringBuffer format(final double number, final StringBuffer to, final FieldPosition position) {
            return to.append(figure.format(shown.applyAsDouble(Math.pow(TEN, number)))).append(unit);
        }

        @Override
        public StringBuffer format(final long number, final StringBuffer to, final FieldPosition position) {
            return format((double)number, to, position);
        }

        @Override
        public Number parse(final String source, final ParsePosition position) {
            throw new UnsupportedOperationException("it is for labels");
        }
    }
}

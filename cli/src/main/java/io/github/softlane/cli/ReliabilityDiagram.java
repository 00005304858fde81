package io.github.softlane.cli;

import io.github.softlane.Calibration;
import io.github.softlane.ReliabilityTable;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The reliability diagram: the accuracy in each bin over its mean confidence, before and after. On
 * the diagonal, probabilities are as honest as they can be.
 */
final class ReliabilityDiagram {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 640;

  /** Colours that the colour-blind can tell apart, after Okabe and Ito. */
  private static final Color BEFORE = new Color(0x0072B2);

  private static final Color AFTER = new Color(0xD55E00);
  private static final Color IDEAL = new Color(0x999999);

  private ReliabilityDiagram() {}

  /** The bytes of a picture, of the kind that the ending of its name says. */
  static byte[] draw(CalibrationReport report, Path file) {
    // A display that cannot be reached must not matter.
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(
                String.format(
                    Locale.ROOT,
                    "Reliability of %d rows of %d classes",
                    report.rows().rows(),
                    report.rows().n()))
            .xAxisTitle("confidence (mean of the bin)")
            .yAxisTitle("accuracy")
            .build();
    style(chart.getStyler());
    XYSeries ideal = chart.addSeries("ideal", new double[] {0, 1}, new double[] {0, 1});
    ideal.setMarker(SeriesMarkers.NONE);
    ideal.setLineColor(IDEAL);
    ideal.setLineStyle(
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0));
    add(chart, "before, T = 1", report.before(), BEFORE, SeriesMarkers.SQUARE);
    add(
        chart,
        "after, T = " + report.temperatureText(),
        report.after(),
        AFTER,
        SeriesMarkers.CIRCLE);
    try {
      return PlotFileConverter.isSvg(file)
          ? svg(chart)
          : BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    } catch (IOException e) {
      throw Failure.io(file, "cannot draw", e);
    }
  }

  private static byte[] svg(XYChart chart) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    return bytes.toByteArray();
  }

  private static void add(
      XYChart chart, String name, Calibration figures, Color colour, Marker marker) {
    List<ReliabilityTable.Bin> bins =
        figures.reliability().bins().stream().filter(bin -> bin.count() > 0).toList();
    XYSeries series =
        chart.addSeries(
            String.format(Locale.ROOT, "%s (ECE %.4f)", name, figures.expectedCalibrationError()),
            bins.stream().mapToDouble(ReliabilityTable.Bin::meanConfidence).toArray(),
            bins.stream().mapToDouble(ReliabilityTable.Bin::accuracy).toArray());
    series.setMarker(marker);
    series.setMarkerColor(colour);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(2));
  }

  private static void style(XYStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(LegendPosition.InsideNW);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(1.0);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(1.0);
  }
}

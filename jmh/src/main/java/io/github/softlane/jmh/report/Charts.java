package io.github.softlane.jmh.report;

import io.github.softlane.jmh.AtomicFile;
import io.github.softlane.jmh.contender.Shape;
import io.github.softlane.jmh.roof.Roof;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of one setting, as PNG. */
final class Charts {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 480;

  /** Above this ratio of the slowest to the fastest, a linear axis hides the fast ones. */
  private static final double LINEAR_RANGE = 12;

  private static final String UNIT = "ns per element";

  /** Colours that the colour-blind can tell apart, after Okabe and Ito. */
  private static final Map<String, Color> COLOURS =
      Map.of(
          Results.BEST,
          new Color(0xD55E00),
          "onnxruntime",
          new Color(0x0072B2),
          "onednn",
          new Color(0x56B4E9),
          "libtorch",
          new Color(0x009E73),
          "libtorch-composite",
          new Color(0xCC79A7),
          Results.NAIVE,
          new Color(0x999999),
          Roof.COPY,
          new Color(0x000000),
          Roof.READ,
          new Color(0x777777));

  private final Results results;
  private final Setting setting;
  private final List<Long> caches;

  Charts(Results results, Setting setting, List<Long> caches) {
    this.results = results;
    this.setting = setting;
    this.caches = caches;
  }

  /** Fewer than two lengths make no curve. */
  boolean hasCurve() {
    return longest().size() > 1;
  }

  /** Time per element over the length of a row. */
  void writeCurve(Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(setting.title() + ": time per element over the length of a row")
            .xAxisTitle("elements in a row")
            .yAxisTitle(UNIT)
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true);
    chart
        .getStyler()
        .setXAxisMin(longest().keySet().stream().min(Integer::compare).orElseThrow() * 1.0);
    for (String name : compared()) {
      addCurve(chart, name, shape -> results.find(setting, shape, name));
    }
    for (String roof : List.of(Roof.READ, Roof.COPY)) {
      addCurve(chart, roof, shape -> results.roof(roof, setting, shape));
    }
    double lowest = extreme(chart, XYSeries::getYMin, Math::min);
    double highest = extreme(chart, XYSeries::getYMax, Math::max);
    if (highest > LINEAR_RANGE * lowest) {
      chart.getStyler().setYAxisLogarithmic(true);
      highest = Math.pow(10, Math.ceil(Math.log10(highest)));
      chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(lowest))));
      chart.getStyler().setYAxisMax(highest);
    } else {
      chart.getStyler().setYAxisMin(0.0);
    }
    markCaches(chart, highest);
    write(chart, file);
  }

  private static double extreme(
      XYChart chart, ToDoubleFunction<XYSeries> of, DoubleBinaryOperator choice) {
    return chart.getSeriesMap().values().stream().mapToDouble(of).reduce(choice).orElse(1);
  }

  private interface Figure {
    Optional<Measurement> of(Shape shape);
  }

  private void addCurve(XYChart chart, String name, Figure figure) {
    List<Double> lengths = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (Shape shape : longest().values()) {
      figure
          .of(shape)
          .ifPresent(
              measurement -> {
                lengths.add((double) shape.columns());
                times.add(measurement.median());
              });
    }
    if (lengths.isEmpty()) {
      return;
    }
    boolean roof = !compared().contains(name);
    XYSeries series = chart.addSeries(roof ? "roof: " + name : name, lengths, times);
    series.setMarkerColor(COLOURS.get(name));
    series.setMarker(roof ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    series.setLineColor(COLOURS.get(name));
    series.setLineStyle(
        roof
            ? new BasicStroke(
                1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 4}, 0)
            : new BasicStroke(name.equals(Results.BEST) ? 3 : 1.5f));
  }

  /** Where a row and its result fill a cache. */
  private void markCaches(XYChart chart, double highest) {
    int bytesPerElement =
        (setting.type().equals("float") ? 4 : 8)
            * (setting.operation().equals("log-sum-exp") ? 1 : 2);
    int last = longest().keySet().stream().max(Integer::compare).orElseThrow();
    for (int level = 0; level < caches.size(); level++) {
      double elements = (double) caches.get(level) / bytesPerElement;
      if (elements < last) {
        chart.addAnnotation(new AnnotationLine(elements, true, false));
        chart.addAnnotation(new AnnotationText("fills L" + (level + 1), elements, highest, false));
      }
    }
  }

  /** One shape for each length of a row: the one with the most rows. */
  private Map<Integer, Shape> longest() {
    Map<Integer, Shape> byColumns = new LinkedHashMap<>();
    for (Shape shape : results.shapes(setting)) {
      byColumns.merge(shape.columns(), shape, (a, b) -> a.rows() > b.rows() ? a : b);
    }
    return byColumns;
  }

  private List<String> compared() {
    return results.contenders(setting).stream()
        .filter(name -> name.equals(Results.BEST) || Results.NATIVE_PEERS.contains(name))
        .toList();
  }

  /** Bars of {@code best} and the native peers for each shape. */
  void writeBars(Path file) throws IOException {
    List<String> shapes = results.shapes(setting).stream().map(Shape::toString).toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(setting.title() + ": time per element, lower is better")
            .yAxisTitle(UNIT)
            .build();
    style(chart.getStyler());
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisLabelRotation(30);
    for (String name : compared()) {
      List<Double> times = new ArrayList<>();
      for (Shape shape : results.shapes(setting)) {
        times.add(results.find(setting, shape, name).map(Measurement::median).orElse(null));
      }
      chart.addSeries(name, shapes, times).setFillColor(COLOURS.get(name));
    }
    write(chart, file);
  }

  boolean hasBars() {
    return compared().size() > 1;
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
  }

  private static void write(Chart<?, ?> chart, Path file) throws IOException {
    AtomicFile.write(file, BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG));
  }
}

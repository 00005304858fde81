package io.github.softlane.cli;

import java.time.Duration;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error that appears only once the work has taken a while. */
final class Progress implements LongConsumer, AutoCloseable {
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final int COLUMNS = 79;

  private final String task;
  private final long rows;
  private final long start = System.nanoTime();
  private boolean decided;
  private ProgressBar bar;

  private Progress(String task, long rows, boolean wanted) {
    this.task = task;
    this.rows = rows;
    this.decided = !wanted;
  }

  /** A bar over a number of rows, shown if standard error is a terminal. */
  static Progress over(String task, long rows) {
    return new Progress(task, rows, true);
  }

  static Progress none() {
    return new Progress("", 0, false);
  }

  @Override
  public void accept(long rowsDone) {
    if (!decided && System.nanoTime() - start > PATIENCE_NANOS) {
      decided = true;
      bar = Terminal.isStandardError() ? show(rowsDone) : null;
    }
    if (bar != null) {
      bar.stepTo(rowsDone);
    }
  }

  private ProgressBar show(long rowsDone) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(rows)
        .setUnit(" rows", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .startsFrom(rowsDone, Duration.ofNanos(System.nanoTime() - start))
        .clearDisplayOnFinish()
        .setConsumer(new StandardError())
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** Leaves no empty line behind when the bar goes. */
  private static final class StandardError extends ConsoleProgressBarConsumer {
    StandardError() {
      super(System.err, COLUMNS);
    }

    @Override
    public void close() {
      System.err.flush();
    }
  }
}

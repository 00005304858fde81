package io.github.softlane;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The calls of the {@linkplain WarmUp warm-up} for one type of element: every operation, over rows
 * of its own.
 *
 * <p>C2 compiles a method after some thousand calls, in the way that the profile of those calls
 * suggests. While vector code is not compiled, each of its instructions is a call that allocates:
 * thousands of rows would take seconds, and would have C2 compile the classes behind those calls
 * first, which nobody needs afterwards. So most calls here go straight to the passes, with ranges
 * of nothing, or that fill no vector: they count as much and cost next to nothing. Rows in between,
 * of every kind, give the loops their profile. The row algorithms are plain Java and compile on the
 * way.
 */
abstract class Drill {
  /** The operations, by the name that a description gives them. */
  enum Operation {
    SOFTMAX("softmax"),
    LOG_SOFTMAX("log-softmax"),
    LOG_SUM_EXP("log-sum-exp"),
    SOFTMAX_AT_TEMPERATURE("softmax at a temperature"),
    LOG_SOFTMAX_AT_TEMPERATURE("log-softmax at a temperature"),
    LOG_SUM_EXP_AT_TEMPERATURE("log-sum-exp at a temperature"),
    ARGMAX("argmax");

    private final String label;

    Operation(String label) {
      this.label = label;
    }
  }

  /** What a row holds: the ways in which an algorithm can go. */
  enum Kind {
    EVERYDAY,
    NEGATIVE,
    MASKED,
    FAR,
    CONSTANT,
    DOMINATED,
    RISING,
    NOT_A_NUMBER
  }

  /** What has to be faster. */
  enum Scope {
    /**
     * The passes, one after the other. Several rows in one call have nothing that one row has not,
     * and kept C2 busy with the insides of the Vector API: the passes waited half a second for it.
     */
    PASSES,

    /** Short rows in one go as well, and several in one call. */
    ALL
  }

  /** What a drill does between its calls, to leave the processors to others. */
  interface Rest {
    void after(long workedNanos) throws InterruptedException;
  }

  static final double TEMPERATURE = 0.7;

  /** More than two blocks of either type, and a tail. */
  static final int LENGTH = 5003;

  private static final WarmUp.Stage[] STAGES = WarmUp.Stage.values();
  private static final Operation[] OPERATIONS = Operation.values();
  static final Kind[] KINDS = Kind.values();

  /**
   * Lengths while code is not compiled: short, but with every loop of a pass that a longer row has,
   * four vectors at a time, one at a time and the tail, for rows done in one go and others. A loop
   * that was never run is left out of the compiled code, which is thrown away when it is.
   */
  private static final int[] LENGTHS = {4, 8, 59, 256, 315};

  /**
   * Rows that fit one vector of any width and of the wider ones, one of several vectors that all
   * operations do in one go, and a longer one.
   */
  static final int[] TIMED_LENGTHS = {4, 8, 64, 315};

  /** Where the passes are faster than scalar code, one after the other. */
  private static final int[] PASS_LENGTHS = {64, 315};

  /** Rows of this length or shorter may share a vector, and so go several in one call: */
  static final int SHARING = 8;

  /** enough for rows side by side in vectors of any width, a whole group and a part of one. */
  static final int SHARERS = 21;

  /** Rows that share a vector or fill one, rows side by side, and with their ends side by side. */
  private static final int[] SHORT_ROWS = {SHARING, 16, 32, 64};

  private static final int[] NO_ROWS = {};

  /** The second stretch of so many elements is masked whole: a row, and several shorter ones. */
  static final int EMPTY = 64;

  /** From so many first rows on, dominated rows lie in either of two vectors, and in both. */
  private static final int DOMINATED_FIRSTS = 3;

  /** Fills no vector of any width but the narrowest. */
  static final int SHORT = 3;

  /**
   * Elements for which the sums of e run their loops in each round with rows. C2 unrolls a loop no
   * further than the profile says that it runs, and short rows alone say four rounds: the sum over
   * a row of 4096 then took a third longer.
   */
  static final int LOOPED = 1024;

  /** Rounds with rows for the profile. */
  private static final int PROFILE_ROUNDS = 5;

  /** After them rows only show whether the compiler is done, and not in each round. */
  private static final int ROUNDS_PER_LOOK = 2;

  /** Calls of every pass in a round: first enough for code that takes a profile, */
  private static final int BURST = 250;

  /** and then towards the threshold of C2; */
  private static final int LONG_BURST = 1000;

  /** so many without a rest. */
  private static final int SMALL_BURST = 50;

  /** Times that an operation is timed in a row. */
  private static final int ATTEMPTS = 3;

  /** Vectors that take so many times as long as scalar code are not compiled yet. */
  private static final int NOT_COMPILED = 8;

  /**
   * Calls of argmax in a round that looks, over a row of {@link #SEARCHED}. Its search is the only
   * pass so small that the compiled loop of the bursts has it inside, where calls are not counted:
   * in one JVM of ten it then waited a second for a compilation of its own.
   */
  private static final int SEARCHES = 50;

  private static final int SEARCHED = 16;

  /** The shortest time that the scalar backend took. */
  private final Map<Operation, Long> scalarNanos = new EnumMap<>(Operation.class);

  private final String type;
  private final int[] timedLengths;
  private final int[] shortRows;
  private final Rest rest;

  /** An operation in which vectors were not faster, with the times, or null. */
  private String slower;

  Drill(String type, Scope scope, Rest rest) {
    this.type = type;
    this.timedLengths = scope == Scope.PASSES ? PASS_LENGTHS : TIMED_LENGTHS;
    this.shortRows = scope == Scope.PASSES ? NO_ROWS : SHORT_ROWS;
    this.rest = rest;
    this.slower = type;
  }

  /** One call over the first n elements of a row. */
  abstract void call(RowKernel kernel, Operation operation, Kind kind, int n);

  /** Each operation over several rows of n elements in one call, from one of the first rows on. */
  abstract void callShortRows(RowKernel kernel, Kind kind, int first, int n);

  /** One call of every pass of the vector backend, over a range that fills no vector. */
  abstract void touchPasses(RowKernel vectors);

  /** The sums of e, each over a range of {@link #LOOPED} elements. */
  abstract void loopSums();

  /**
   * Makes calls towards compilation as long as it is wanted, and times rows.
   *
   * @return an operation in which vectors are not faster, with the times, or null
   */
  final String round(int round, RowKernel vectors) throws InterruptedException {
    if (slower != null) {
      touch(vectors, round < PROFILE_ROUNDS ? BURST : LONG_BURST);
    }
    if (round < PROFILE_ROUNDS) {
      runRows(vectors, round);
      loopSums();
    } else if (slower == null || round % ROUNDS_PER_LOOK == 0) {
      runSharedMethods(vectors, round / ROUNDS_PER_LOOK);
      for (int i = 0; i < SEARCHES; i++) {
        call(vectors, Operation.ARGMAX, Kind.EVERYDAY, SEARCHED);
      }
      loopSums();
      slower = findSlower(vectors);
    }
    return slower;
  }

  private void touch(RowKernel vectors, int times) throws InterruptedException {
    for (int i = 0; i < times; i += SMALL_BURST) {
      long start = System.nanoTime();
      for (int k = 0; k < SMALL_BURST; k++) {
        touchPasses(vectors);
        // All, so that the compiler keeps all branches of the choice.
        Kernels.selected(STAGES[k % STAGES.length]);
      }
      rest.after(System.nanoTime() - start);
    }
  }

  /** Each operation over another kind of row, so that every pass meets every kind. */
  private void runRows(RowKernel vectors, int round) throws InterruptedException {
    for (int i = 0; i < OPERATIONS.length; i++) {
      long start = System.nanoTime();
      Kind kind = KINDS[(i + round * 2) % KINDS.length];
      // The shortest first, as the first rows run interpreted.
      call(vectors, OPERATIONS[i], kind, LENGTHS[round % LENGTHS.length]);
      if (round == 0) {
        // The algorithms have branches that only rows of several blocks take; cheap in plain Java.
        call(Kernels.SCALAR, OPERATIONS[i], Kind.RISING, LENGTH);
      }
      rest.after(System.nanoTime() - start);
    }
    runShortRows(vectors, KINDS[round % KINDS.length], 0);
    runSharedMethods(vectors, round);
  }

  /**
   * The operations share the methods for short rows, and what one of them never did is left out of
   * the compiled code: its first batch would have to wait for a second compilation. The compiler
   * may begin to take a profile as late as in the rounds that only look, so they do this too.
   */
  private void runSharedMethods(RowKernel vectors, int round) throws InterruptedException {
    runShortRows(vectors, Kind.EVERYDAY, 0);
    runShortRows(vectors, Kind.DOMINATED, round % DOMINATED_FIRSTS);
    runShortRows(vectors, Kind.MASKED, 0);
  }

  private void runShortRows(RowKernel vectors, Kind kind, int first) throws InterruptedException {
    for (int n : shortRows) {
      long start = System.nanoTime();
      callShortRows(vectors, kind, first, n);
      rest.after(System.nanoTime() - start);
    }
  }

  private String findSlower(RowKernel vectors) {
    for (Operation operation : OPERATIONS) {
      String times = slowerTimes(vectors, operation);
      if (times != null) {
        return type + " " + operation.label + times;
      }
    }
    return null;
  }

  /**
   * Null where vectors are faster, else what they took. Shortest times, as whatever else the
   * machine does makes others longer.
   */
  private String slowerTimes(RowKernel vectors, Operation operation) {
    long scalar = 0;
    long vector = 0;
    boolean near = true;
    for (int i = 0; i < ATTEMPTS && near; i++) {
      scalar = scalarNanos.merge(operation, nanos(Kernels.SCALAR, operation), Math::min);
      vector = nanos(vectors, operation);
      if (vector < scalar) {
        return null;
      }
      near = vector < NOT_COMPILED * scalar;
    }
    String lengths = Arrays.toString(timedLengths);
    return " of rows of " + lengths + " (" + vector + " ns, scalar " + scalar + ")";
  }

  private long nanos(RowKernel kernel, Operation operation) {
    long start = System.nanoTime();
    for (int n : timedLengths) {
      call(kernel, operation, Kind.EVERYDAY, n);
    }
    return System.nanoTime() - start;
  }
}

package io.github.softlane.conformance;

import java.nio.file.Path;

/**
 * A case of {@code mp}: rows of logits, temperatures, and the exact results.
 *
 * @param name the name of its folder
 * @param x the logits, row by row; of type float or double
 * @param temperatures each of them applies to every row
 * @param softmax row by row, for one temperature after the other
 * @param logSoftmax the same
 * @param logSumExp one value a row, for one temperature after the other
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MpCase(
    String name,
    int rows,
    int n,
    Npy x,
    double[] temperatures,
    Exact softmax,
    Exact logSoftmax,
    Exact logSumExp) {

  /** Values as the sum of two parts: good to about 53 bits for float cases, 106 for double. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Exact(double[] hi, double[] lo) {}

  static MpCase read(Path folder) {
    Npy x = Npy.read(folder.resolve("x.npy"));
    return new MpCase(
        folder.getFileName().toString(),
        x.shape()[0],
        x.shape()[1],
        x,
        Npy.read(folder.resolve("T.npy")).doubles(),
        exact(folder, x, "softmax"),
        exact(folder, x, "log_softmax"),
        exact(folder, x, "logsumexp"));
  }

  boolean isFloat() {
    return isFloat(x);
  }

  private static boolean isFloat(Npy x) {
    return x.dtype().equals("<f4");
  }

  private static Exact exact(Path folder, Npy x, String operation) {
    if (isFloat(x)) {
      double[] hi = Npy.read(folder.resolve(operation + ".hi64.npy")).doubles();
      return new Exact(hi, new double[hi.length]);
    }
    return new Exact(
        Npy.read(folder.resolve(operation + ".npy")).doubles(),
        Npy.read(folder.resolve(operation + ".lo.npy")).doubles());
  }
}

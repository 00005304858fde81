package io.github.softlane.jmh.contender;

import io.github.softlane.Kernel;

/** Plain code that also has sparsemax. */
interface SparseKernel extends Kernel {

  void sparsemax(float[] x, int xOffset, float[] y, int yOffset, int n);

  void sparsemax(double[] x, int xOffset, double[] y, int yOffset, int n);
}

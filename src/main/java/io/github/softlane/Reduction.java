package io.github.softlane;

/** What becomes of the losses of the rows of a batch, as in PyTorch and ONNX. */
public enum Reduction {
  /** Each row keeps its loss. */
  NONE,
  /** The sum of the losses over the sum of the weights that they were given. */
  MEAN,
  /** The sum of the losses. */
  SUM
}

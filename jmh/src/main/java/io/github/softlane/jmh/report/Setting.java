package io.github.softlane.jmh.report;

import io.github.softlane.jmh.contender.Operation;

/**
 * What all figures of one table have in common.
 *
 * @param operation such as softmax
 * @param type float or double
 * @param threads how many threads computed
 * @param mask the share of masked entries, in percent
 * @param fresh whether the JVM had run nothing else
 */
record Setting(String operation, String type, int threads, int mask, boolean fresh) {

  /** The same on one thread, unmasked, in a JVM that had run everything. */
  Setting plain() {
    return new Setting(operation, type, 1, 0, false);
  }

  /** Softmax under the same circumstances. */
  Setting softmax() {
    return new Setting(Operation.SOFTMAX.label(), type, threads, mask, fresh);
  }

  boolean isPlain() {
    return equals(plain());
  }

  String title() {
    StringBuilder title = new StringBuilder(operation).append(", ").append(type);
    if (threads > 1) {
      title.append(", ").append(threads).append(" threads");
    }
    if (mask > 0) {
      title.append(", ").append(mask).append(" % masked");
    }
    if (fresh) {
      title.append(", fresh JVM");
    }
    return title.toString();
  }
}

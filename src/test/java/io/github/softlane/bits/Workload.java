package io.github.softlane.bits;

import io.github.softlane.internal.dispatch.Backend;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;

/** A fixed set of calls, and the SHA-256 of the raw bits of all their results. */
public enum Workload {
  /** Short enough for vector code in the interpreter: rows with and without whole vectors. */
  TINY(new int[] {1, 7, 16, 35}, 1, 0.7),
  SMALL(new int[] {1, 2, 3, 8, 15, 16, 17, 33, 67}, 1, 0.7),
  /** Every path through a row, quick in a fresh JVM. */
  MEDIUM(
      IntStream.concat(
              IntStream.rangeClosed(1, 17),
              IntStream.of(31, 33, 64, 65, 100, 257, 513, 1024, 1041, 2100, 4097))
          .toArray(),
      1,
      0.7,
      1e-3,
      0,
      Double.POSITIVE_INFINITY),
  FULL(
      IntStream.concat(
              IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(127, 128, 129, 257, 300)),
              IntStream.of(511, 512, 513, 1023, 1024, 1040, 1041, 2047, 3000, 4097, 9001))
          .toArray(),
      SameBitsTest.TEMPERATURES);

  @SuppressWarnings("ImmutableEnumChecker")
  private final int[] lengths;

  @SuppressWarnings("ImmutableEnumChecker")
  private final double[] temperatures;

  Workload(int[] lengths, double... temperatures) {
    this.lengths = lengths;
    this.temperatures = temperatures;
  }

  /** Runs the calls over a backend and returns the digest in hexadecimal digits. */
  String digest(Backend backend) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (RowType<?> type : RowType.all()) {
        run(type, backend, digest);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private <A> void run(RowType<A> type, Backend backend, MessageDigest digest) {
    RowCalls<A> calls = type.of(backend);
    Random random = new Random(2026);
    for (double temperature : temperatures) {
      for (RowKind kind : RowKind.values()) {
        for (int n : lengths) {
          int offset = random.nextInt(5);
          A x = type.array(offset + n);
          A y = type.array(2 * n);
          type.fill(x, offset, n, kind, random);
          calls.softmax(x, offset, y, 0, n, temperature);
          calls.logSoftmax(x, offset, y, n, n, temperature);
          ByteBuffer results = ByteBuffer.allocate((2 * n + 1) * Long.BYTES);
          for (int i = 0; i < 2 * n; i++) {
            results.putLong(type.bits(y, i));
          }
          results.putLong(calls.logSumExpBits(x, offset, n, temperature));
          digest.update(results.flip());
        }
      }
    }
  }
}

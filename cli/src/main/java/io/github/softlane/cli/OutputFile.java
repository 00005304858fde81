package io.github.softlane.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file in the making. It has a temporary name beside its target until {@link #commit}; if it is
 * closed before that, or the process is told to end, the temporary file is removed and the target
 * is as it was.
 */
final class OutputFile implements AutoCloseable {
  private static final int STAGING_BYTES = 1 << 18;

  /** The name as the user gave it, for messages. */
  private final Path name;

  private final Path target;
  private final boolean replace;
  private final long expectedBytes;
  private final Path temporary;
  private final FileChannel channel;
  private final ByteBuffer staging =
      ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final Thread discardOnExit = new Thread(this::discard, "softlane-discard-output");
  private boolean ended;

  private OutputFile(Path name, Path target, boolean replace, long expectedBytes)
      throws IOException {
    this.name = name;
    this.target = target;
    this.replace = replace;
    this.expectedBytes = expectedBytes;
    this.temporary = target.resolveSibling(temporaryName());
    Runtime.getRuntime().addShutdownHook(discardOnExit);
    try {
      this.channel = openTemporary();
    } catch (IOException e) {
      forgetHook();
      throw e;
    }
  }

  /** Excludes {@link #discard}, so that none comes between the look at {@link #ended} and here. */
  private synchronized FileChannel openTemporary() throws IOException {
    if (ended) {
      throw interrupted();
    }
    return FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Starts a {@code .npy} file.
   *
   * @param input the file that is read at the same time, which the target must not be
   * @param replace whether an existing target may be replaced
   */
  static OutputFile create(Path target, Path input, boolean replace, NpyHeader header) {
    byte[] head = header.toBytes();
    long bytes = head.length + header.dataBytes();
    return create(target, List.of(input), replace, head, bytes);
  }

  /**
   * Writes a whole file and moves it into place.
   *
   * @param inputs files that the target must not be
   * @param replace whether an existing target may be replaced
   */
  static void write(Path target, List<Path> inputs, boolean replace, byte[] content) {
    try (OutputFile file = create(target, inputs, replace, content, content.length)) {
      file.commit();
    }
  }

  private static OutputFile create(
      Path target, List<Path> inputs, boolean replace, byte[] head, long bytes) {
    check(target, inputs, replace);
    try {
      OutputFile file = new OutputFile(target, resolved(target), replace, bytes);
      file.append(head);
      return file;
    } catch (IOException e) {
      throw cannotCreate(target, e);
    }
  }

  /** Refuses a target that cannot or must not be written, before the work for it begins. */
  static void check(Path target, List<Path> inputs, boolean replace) {
    try {
      for (Path input : inputs) {
        checkIsNot(target, input);
      }
      checkTarget(target, replace);
      checkDirectory(target, resolved(target).getParent());
    } catch (IOException e) {
      throw cannotCreate(target, e);
    }
  }

  private static Failure cannotCreate(Path target, IOException e) {
    return Failure.io(target, "cannot create a file in its directory", e);
  }

  /** Through a symbolic link, the file it names is replaced and the link stays. */
  private static Path resolved(Path target) throws IOException {
    return Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
  }

  private static void checkIsNot(Path target, Path input) throws IOException {
    if (Files.exists(target) && Files.isSameFile(target, input)) {
      throw Failure.usage(
          target + ": output is the same file as the input " + input + "; name another file");
    }
  }

  private static void checkTarget(Path target, boolean replace) {
    if (Files.isDirectory(target)) {
      throw Failure.io(target, "output is a directory; name a file");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw Failure.io(target, "output exists and is not a regular file");
    }
    checkReplace(target, replace);
  }

  private static void checkReplace(Path target, boolean replace) {
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw Failure.usage(target + ": output exists; -f replaces it");
    }
  }

  private static void checkDirectory(Path target, Path directory) {
    if (!Files.isDirectory(directory)) {
      throw Failure.io(target, "there is no directory " + directory + "; create it first");
    }
  }

  /** Short, since the target's own name may already be as long as the file system allows. */
  private static String temporaryName() {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return ".softlane-" + ProcessHandle.current().pid() + "-" + random + ".tmp";
  }

  private void append(byte[] bytes) {
    for (int done = 0; done < bytes.length; ) {
      int part = Math.min(bytes.length - done, roomFor(Byte.BYTES));
      staging.put(bytes, done, part);
      done += part;
    }
  }

  /** Appends the first values of an array. */
  void append(float[] values, int count) {
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, roomFor(Float.BYTES));
      staging.asFloatBuffer().put(values, done, part);
      staging.position(staging.position() + part * Float.BYTES);
      done += part;
    }
  }

  /** Appends the first values of an array. */
  void append(double[] values, int count) {
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, roomFor(Double.BYTES));
      staging.asDoubleBuffer().put(values, done, part);
      staging.position(staging.position() + part * Double.BYTES);
      done += part;
    }
  }

  private int roomFor(int elementBytes) {
    if (staging.remaining() < elementBytes) {
      flush();
    }
    return staging.remaining() / elementBytes;
  }

  private void flush() {
    staging.flip();
    try {
      while (staging.hasRemaining()) {
        channel.write(staging);
      }
    } catch (IOException e) {
      throw writeFailure(e);
    }
    staging.clear();
  }

  /** Brings the file to the disk, checks its size and gives it its name. */
  void commit() {
    flush();
    try {
      channel.force(true);
      channel.close();
      long bytes = Files.size(temporary);
      if (bytes != expectedBytes) {
        throw Failure.io(name, "wrote " + bytes + " bytes instead of " + expectedBytes);
      }
      move();
    } catch (AtomicMoveNotSupportedException e) {
      throw Failure.io(name, "the file system cannot move a file into place atomically", e);
    } catch (IOException e) {
      throw writeFailure(e);
    }
    forgetHook();
  }

  private synchronized void move() throws IOException {
    if (ended) {
      throw interrupted();
    }
    // Another process may have made the target in the meantime.
    checkReplace(name, replace);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    ended = true;
  }

  private Failure writeFailure(IOException e) {
    return Failure.io(name, "cannot write " + expectedBytes + " bytes", e);
  }

  private Failure interrupted() {
    return Failure.io(name, "interrupted before the file was complete");
  }

  /** Removes the temporary file unless the output is complete. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw writeFailure(e);
    } finally {
      discard();
      forgetHook();
    }
  }

  /** Also runs while the process ends and another thread still writes to the open channel. */
  private synchronized void discard() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw Failure.io(temporary, "cannot remove the temporary file", e);
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(discardOnExit);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook with it.
    }
  }
}

package io.github.softlane.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A {@code .npy} file, mapped into memory; its data may be far larger than the heap. */
final class NpyInput {
  private final Path path;
  private final NpyHeader header;
  private final MemorySegment data;

  private NpyInput(Path path, NpyHeader header, MemorySegment data) {
    this.path = path;
    this.header = header;
    this.data = data;
  }

  /**
   * Maps a file of logits and checks its header and its size.
   *
   * @param arena keeps the file mapped for as long as it is open
   */
  static NpyInput open(Path path, Arena arena) {
    return open(path, arena, Dtype.LOGITS);
  }

  /**
   * Maps a file with elements of some types and checks its header and its size.
   *
   * @param arena keeps the file mapped for as long as it is open
   */
  static NpyInput open(Path path, Arena arena, Set<Dtype> allowed) {
    checkRegular(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      NpyPreamble preamble = NpyPreamble.read(file);
      NpyHeader header = NpyHeader.parse(preamble.headerText(), allowed);
      MemorySegment data = file.asSlice(preamble.dataOffset());
      checkSize(header, data.byteSize());
      return new NpyInput(path, header, data);
    } catch (NpyFormatException e) {
      throw Failure.data(path, e.getMessage());
    } catch (IOException e) {
      throw Failure.io(path, "cannot read", e);
    }
  }

  private static void checkRegular(Path path) {
    if (Files.isDirectory(path)) {
      throw Failure.io(path, "is a directory; a .npy file is needed");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw Failure.io(path, "is not a regular file, so it cannot be mapped; copy it to one");
    }
  }

  private static void checkSize(NpyHeader header, long found) throws NpyFormatException {
    long expected = header.dataBytes();
    if (found != expected) {
      throw new NpyFormatException(
          (found < expected ? "truncated: " : "bytes after the end of the data: ")
              + "shape "
              + header.shapeText()
              + " of "
              + header.dtype().displayName()
              + " takes "
              + expected
              + " bytes of data, found "
              + found);
    }
  }

  Path path() {
    return path;
  }

  NpyHeader header() {
    return header;
  }

  /** The elements in C order, little-endian. */
  MemorySegment data() {
    return data;
  }

  /** Has something read the data, which fails when the file changes under it. */
  void reading(Runnable work) {
    try {
      work.run();
    } catch (InternalError e) {
      // What a read of a mapped page gives when the file has become shorter or its disk fails.
      throw Failure.io(path, "cannot read: the file changed or its disk failed");
    }
  }
}

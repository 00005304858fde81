package io.github.softlane.house;

import io.github.softlane.Kernels;
import io.github.softlane.dispatch.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The compiled classes of the library, read as class files. */
final class LibraryClasses {
  /** A class name within a class entry, a descriptor or a signature. */
  private static final Pattern NAME = Pattern.compile("(?:^|[\\[;(<L])L?([\\w$]+(?:/[\\w$]+)+)");

  private static final Pattern DESCRIPTOR = Pattern.compile("[(\\[L<].*;.*");

  private LibraryClasses() {}

  /** Every class but the module descriptor. */
  static List<ClassModel> all() {
    Path root = ForkedJvm.classes(Kernels.class);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .map(LibraryClasses::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name with slashes. */
  static String name(ClassModel type) {
    return type.thisClass().asInternalName();
  }

  /** The package, with slashes. */
  static String packageOf(String className) {
    return className.substring(0, className.lastIndexOf('/'));
  }

  /** Every class that the constant pool names, in code as well as in descriptors. */
  static Set<String> references(ClassModel type) {
    Set<String> names = new TreeSet<>();
    for (var entry : type.constantPool()) {
      String text = "";
      if (entry instanceof ClassEntry reference) {
        text = reference.asInternalName();
      } else if (entry instanceof Utf8Entry utf8
          && DESCRIPTOR.matcher(utf8.stringValue()).matches()) {
        text = utf8.stringValue();
      }
      Matcher matcher = NAME.matcher(text);
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    names.remove(name(type));
    return names;
  }

  /** The methods and fields of other classes that a class uses: {@code owner.name(descriptor)}. */
  static Stream<String> members(ClassModel type) {
    return StreamSupport.stream(type.constantPool().spliterator(), false)
        .filter(MemberRefEntry.class::isInstance)
        .map(MemberRefEntry.class::cast)
        .map(LibraryClasses::describe);
  }

  static String describe(MemberRefEntry member) {
    return member.owner().asInternalName()
        + "."
        + member.name().stringValue()
        + member.type().stringValue();
  }

  /** The instructions of a method, none when it is abstract. */
  static Stream<CodeElement> code(MethodModel method) {
    return method.code().stream().flatMap(code -> code.elementStream());
  }

  /** The call of an instruction in the form of {@link #members}, or an empty text. */
  static String call(CodeElement element) {
    return element instanceof InvokeInstruction invoke ? describe(invoke.method()) : "";
  }
}

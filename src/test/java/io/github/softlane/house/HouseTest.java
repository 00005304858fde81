package io.github.softlane.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rooms of the library and what each must not know, read from its class files. */
class HouseTest {
  private static final String API = "io/github/softlane";
  private static final String INTERNAL = API + "/internal/";
  private static final String ARITHMETIC = INTERNAL + "arithmetic";
  private static final String PASSES = INTERNAL + "passes";
  private static final String VECTOR = INTERNAL + "passes/vector";
  private static final String ROWS = INTERNAL + "rows";
  private static final String THREADS = INTERNAL + "threads";
  private static final String DISPATCH = INTERNAL + "dispatch";

  /** The one class with state and a thread: it ends with the switch to vectors. */
  private static final String WARM_UP = API + "/WarmUp";

  /** What the warm-up counts and measures; its thread alone has one. */
  private static final String DRILL = API + "/Drill";

  /** The softlane packages that each package may use beside itself. */
  private static final Map<String, Set<String>> FLOORS =
      Map.of(
          ARITHMETIC, Set.of(),
          PASSES, Set.of(ARITHMETIC),
          VECTOR, Set.of(ARITHMETIC, PASSES),
          ROWS, Set.of(ARITHMETIC, PASSES),
          THREADS, Set.of(ROWS),
          DISPATCH, Set.of(ARITHMETIC, PASSES, VECTOR, ROWS),
          API, Set.of(ARITHMETIC, PASSES, ROWS, THREADS, DISPATCH));

  private final List<ClassModel> classes = LibraryClasses.all();

  @Test
  void everyPackageIsARoomOfTheHouse() {
    Set<String> packages =
        classes.stream()
            .map(type -> LibraryClasses.packageOf(LibraryClasses.name(type)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).containsExactlyInAnyOrderElementsOf(FLOORS.keySet());
  }

  @Test
  void eachRoomUsesOnlyThoseBelowIt() {
    List<String> offences = new ArrayList<>();
    for (ClassModel type : classes) {
      String room = LibraryClasses.packageOf(LibraryClasses.name(type));
      for (String reference : LibraryClasses.references(type)) {
        String other = LibraryClasses.packageOf(reference);
        if (reference.startsWith(API + "/")
            && !other.equals(room)
            && !FLOORS.get(room).contains(other)) {
          offences.add(LibraryClasses.name(type) + " uses " + reference);
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void onlyTheVectorPassesKnowTheIncubatorModule() {
    List<String> users =
        classes.stream()
            .filter(
                type ->
                    LibraryClasses.references(type).stream()
                        .anyMatch(name -> name.startsWith("jdk/incubator/")))
            .map(LibraryClasses::name)
            .toList();
    assertThat(users).hasSizeGreaterThan(6).allMatch(name -> name.startsWith(VECTOR + "/"));
  }

  @Test
  void rowsDoNotKnowWhichPassesTheyGot() {
    for (ClassModel type : in(ROWS)) {
      assertThat(LibraryClasses.references(type))
          .as(LibraryClasses.name(type))
          .noneMatch(name -> name.startsWith(PASSES + "/Scalar"));
    }
  }

  @Test
  void nothingInternalIsPublicApi() {
    for (ClassModel type : classes) {
      for (MethodModel method : type.methods()) {
        if (LibraryClasses.packageOf(LibraryClasses.name(type)).equals(API)
            && type.flags().has(AccessFlag.PUBLIC)
            && method.flags().has(AccessFlag.PUBLIC)) {
          assertThat(method.methodType().stringValue()).doesNotContain(INTERNAL);
        }
      }
    }
  }

  @Test
  void noMutableState() {
    List<String> mutable = new ArrayList<>();
    for (ClassModel type : classes) {
      for (FieldModel field : type.fields()) {
        if (!field.flags().has(AccessFlag.FINAL)) {
          mutable.add(LibraryClasses.name(type) + "." + field.fieldName().stringValue());
        }
      }
    }
    assertThat(mutable)
        .containsExactlyInAnyOrder(
            WARM_UP + ".awaited",
            WARM_UP + ".stage",
            WARM_UP + ".progress",
            WARM_UP + ".outcome",
            DRILL + ".slower");
  }

  @Test
  void staticsAreWrittenByInitialisersOnly() {
    List<String> writes = new ArrayList<>();
    for (ClassModel type : classes) {
      for (MethodModel method : type.methods()) {
        String name = method.methodName().stringValue();
        if (!name.equals("<clinit>") && !name.equals("<init>")) {
          LibraryClasses.code(method)
              .filter(FieldInstruction.class::isInstance)
              .map(FieldInstruction.class::cast)
              .filter(instruction -> instruction.opcode().name().startsWith("PUT"))
              .forEach(put -> writes.add(LibraryClasses.name(type) + "." + name));
        }
      }
    }
    assertThat(writes)
        .isNotEmpty()
        .allMatch(writer -> writer.startsWith(WARM_UP + ".") || writer.startsWith(DRILL + "."));
  }

  @Test
  void noLocks() {
    List<String> locks = new ArrayList<>();
    for (ClassModel type : classes) {
      for (MethodModel method : type.methods()) {
        if (method.flags().has(AccessFlag.SYNCHRONIZED)
            || LibraryClasses.code(method).anyMatch(MonitorInstruction.class::isInstance)) {
          locks.add(LibraryClasses.name(type) + "." + method.methodName().stringValue());
        }
      }
    }
    assertThat(locks).isEmpty();
  }

  /** Only the room of the threads works with them, and no class has an executor of its own. */
  @Test
  void noConcurrencyElsewhere() {
    Set<String> executors = Set.of("Executor", "ForkJoinPool");
    Set<String> threads =
        Set.of(
            "Executor",
            "RejectedExecutionException",
            "Semaphore",
            "atomic/AtomicInteger",
            "atomic/AtomicIntegerArray",
            "atomic/AtomicReference");
    for (ClassModel type : classes) {
      String room = LibraryClasses.packageOf(LibraryClasses.name(type));
      boolean parallel = LibraryClasses.name(type).equals(API + "/ParallelLogits");
      assertThat(LibraryClasses.references(type))
          .as(LibraryClasses.name(type))
          .filteredOn(name -> name.startsWith("java/util/concurrent/"))
          .map(name -> name.substring("java/util/concurrent/".length()))
          .isSubsetOf(parallel ? executors : room.equals(THREADS) ? threads : Set.of());
      assertThat(LibraryClasses.members(type))
          .as(LibraryClasses.name(type))
          .noneMatch(member -> member.startsWith("java/util/concurrent/ForkJoinPool.<init>"))
          .noneMatch(member -> member.startsWith("java/util/concurrent/ForkJoinPool.common"));
    }
  }

  /** A class may ask which thread it is in and spin, but only the warm-up starts one. */
  @Test
  void noThreadsButThatOfTheWarmUp() {
    Set<String> harmless =
        Set.of(
            "java/lang/Thread.currentThread()Ljava/lang/Thread;",
            "java/lang/Thread.onSpinWait()V",
            "java/lang/Thread.threadId()J");
    for (ClassModel type : classes) {
      if (LibraryClasses.name(type).matches(WARM_UP + "(\\$Worker)?")) {
        continue;
      }
      String room = LibraryClasses.packageOf(LibraryClasses.name(type));
      assertThat(LibraryClasses.references(type))
          .as(LibraryClasses.name(type))
          .filteredOn(name -> name.startsWith("java/lang/Thread"))
          .isSubsetOf(room.equals(THREADS) ? Set.of("java/lang/Thread") : Set.of());
      assertThat(LibraryClasses.members(type))
          .as(LibraryClasses.name(type))
          .filteredOn(member -> member.startsWith("java/lang/Thread"))
          .isSubsetOf(harmless);
    }
  }

  @Test
  void noFunctionWhoseBitsDependOnThePlatform() {
    Set<String> exact =
        Set.of(
            "abs",
            "fma",
            "getExponent",
            "max",
            "min",
            "nextDown",
            "nextUp",
            "rint",
            "scalb",
            "sqrt");
    for (ClassModel type : classes) {
      List<String> inexact =
          LibraryClasses.members(type)
              .filter(member -> member.matches("java/lang/(Strict)?Math\\..*"))
              .map(member -> member.replaceAll(".*\\.|\\(.*", ""))
              .filter(function -> !exact.contains(function))
              .toList();
      assertThat(inexact).as(LibraryClasses.name(type)).isEmpty();
    }
  }

  @Test
  void vectorsUseNoTranscendentalOperation() {
    Set<String> operators = new TreeSet<>();
    for (ClassModel type : in(VECTOR)) {
      LibraryClasses.members(type)
          .filter(member -> member.startsWith("jdk/incubator/vector/VectorOperators."))
          .forEach(
              member ->
                  operators.add(member.substring(member.indexOf('.') + 1, member.indexOf("Ljdk"))));
    }
    assertThat(operators)
        .isNotEmpty()
        .isSubsetOf(
            "ABS", "ADD", "AND", "ASHR", "D2F", "DIV", "EQ", "F2D", "FMA", "GE", "GT", "I2D", "I2F",
            "LSHL", "LSHR", "LT", "MAX", "MIN", "MUL", "NE", "OR", "SUB", "UMIN", "XOR");
  }

  /**
   * Those methods have one body for all widths, and the profile of the call in it is that of all
   * widths too: in a JVM that uses several of them the compiler may then allocate vectors.
   */
  @Test
  void vectorsCallNoMethodThatAllWidthsShare() {
    Set<String> shared =
        Set.of("abs", "add", "and", "div", "fma", "max", "min", "mul", "neg", "not", "or", "sub");
    for (ClassModel type : in(VECTOR)) {
      List<String> calls =
          LibraryClasses.members(type)
              .filter(
                  member ->
                      member.matches("jdk/incubator/vector/(Float|Double|Int|Long)Vector\\..*"))
              .map(member -> member.replaceAll(".*Vector\\.|\\(.*", ""))
              .filter(shared::contains)
              .toList();
      assertThat(calls).as(LibraryClasses.name(type)).isEmpty();
    }
  }

  /** The order in which floating-point lanes are added is not specified. */
  @Test
  void floatingPointLanesAreNeverAddedByTheVectorApi() {
    List<String> sums = new ArrayList<>();
    for (ClassModel type : in(VECTOR)) {
      for (MethodModel method : type.methods()) {
        String operator = "";
        for (var element : LibraryClasses.code(method).toList()) {
          if (element instanceof FieldInstruction field
              && field.owner().asInternalName().equals("jdk/incubator/vector/VectorOperators")) {
            operator = field.name().stringValue();
          }
          if (LibraryClasses.call(element)
                  .matches("jdk/incubator/vector/(Float|Double)Vector\\.reduceLanes.*")
              && !operator.equals("MAX")) {
            sums.add(LibraryClasses.name(type) + " reduces by " + operator);
          }
        }
      }
    }
    assertThat(sums).isEmpty();
  }

  @Test
  void noSystemPropertyIsSetAndNoCallerInspected() {
    for (ClassModel type : classes) {
      assertThat(LibraryClasses.members(type).toList())
          .as(LibraryClasses.name(type))
          .noneMatch(member -> member.matches("java/lang/System\\.(set|clear)Propert.*"))
          .noneMatch(member -> member.startsWith("java/lang/StackWalker"))
          .noneMatch(member -> member.contains("getStackTrace"));
    }
  }

  private List<ClassModel> in(String room) {
    return classes.stream()
        .filter(type -> LibraryClasses.packageOf(LibraryClasses.name(type)).equals(room))
        .toList();
  }
}

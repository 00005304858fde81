package io.github.softlane.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Every snippet of docs/cookbook.md compiles, runs, and prints what stands below it. */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
class CookbookTest {
  private static final int SNIPPETS = 10;

  /** A snippet and, in the next block, its output. */
  private static final Pattern RECIPE =
      Pattern.compile(
          "^## ([^\n]+)\n(?:(?!^## ).)*?^```java\n(.*?)^```\n\\s*^```\n(.*?)^```\n",
          Pattern.DOTALL | Pattern.MULTILINE);

  private record Recipe(String title, String code, String output) {}

  @TempDir private Path folder;

  @Test
  void everySnippetHasItsOutput() throws IOException {
    assertThat(recipes()).hasSize(SNIPPETS);
    assertThat(cookbook().split("```java\n", -1)).hasSize(SNIPPETS + 1);
  }

  @TestFactory
  Stream<DynamicTest> snippets() throws IOException {
    return recipes().stream()
        .map(
            recipe ->
                DynamicTest.dynamicTest(
                    recipe.title(),
                    () -> assertThat(run(recipe)).isEqualToNormalizingNewlines(recipe.output())));
  }

  private static List<Recipe> recipes() throws IOException {
    List<Recipe> recipes = new ArrayList<>();
    Matcher matcher = RECIPE.matcher(cookbook());
    while (matcher.find()) {
      recipes.add(new Recipe(matcher.group(1), matcher.group(2), matcher.group(3)));
    }
    return recipes;
  }

  /** Maven runs tests in the folder of the module, which lies in that of the repository. */
  private static String cookbook() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Files.readString(module.resolve("../docs/cookbook.md").normalize());
  }

  private String run(Recipe recipe) throws ReflectiveOperationException, IOException {
    String source =
        "import io.github.softlane.*;\nimport java.util.*;\n"
            + "public class Snippet {\n  public static void run() {\n"
            + recipe.code()
            + "  }\n}\n";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            folder.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    JavaFileObject file = new Source(source);
    var messages = new java.io.StringWriter();
    assertThat(compiler.getTask(messages, null, null, options, null, List.of(file)).call())
        .as("%s%n%s", messages, source)
        .isTrue();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, CookbookTest.class.getClassLoader())) {
      return output(loader.loadClass("Snippet"));
    }
  }

  private static String output(Class<?> snippet) throws ReflectiveOperationException {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      snippet.getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError("the snippet failed", e.getCause());
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Snippet.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}

/**
 * Softmax, log-softmax and log-sum-exp over rows of logits.
 *
 * <p>The module jdk.incubator.vector is not required: not even statically, since requiring an
 * incubator module is a warning for every consumer. It is used when the application resolves it
 * with {@code --add-modules jdk.incubator.vector}.
 */
module io.github.softlane {
  requires static jdk.management;
  requires static java.management;

  exports io.github.softlane;
}

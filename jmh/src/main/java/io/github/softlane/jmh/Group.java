package io.github.softlane.jmh;

import java.util.List;
import java.util.Map;

/**
 * Benchmarks that are run one after the other, so that what is compared is also close in time.
 *
 * @param benchmark the class
 * @param params every parameter but the one that varies, by name
 * @param varied the parameter that varies within the group
 * @param values its values
 * @param forks how many JVMs to start for each
 */
record Group(
    Class<?> benchmark,
    Map<String, String> params,
    String varied,
    List<String> values,
    int forks) {}

package io.hodei.bench.report;

import java.util.List;
import java.util.Map;

/**
 * A whole run.
 *
 * @param machine what it ran on, by name
 * @param versions of everything that was measured
 * @param settings that decide what the figures are worth: durability, slots, sizes
 */
public record Report(
    Map<String, String> machine,
    Map<String, String> versions,
    Map<String, String> settings,
    List<Group> groups) {}

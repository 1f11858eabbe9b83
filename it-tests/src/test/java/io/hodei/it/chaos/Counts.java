package io.hodei.it.chaos;

import io.hodei.it.testing.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many there are of each, as one of the three tells it: API, database, or the processes. */
record Counts(Map<String, Long> jobs, Map<String, Long> results) {
  /**
   * @param states one of each job
   * @param results the exit code of each attempt whose result was accepted
   */
  static Counts of(Collection<String> states, Collection<String> results) {
    return new Counts(count(states), count(results));
  }

  static Counts of(Database database) {
    return new Counts(
        grouped(database, "select state, count(*) from jobs group by state"),
        grouped(
            database,
            "select exit_code, count(*) from attempts where state in ('SUCCEEDED', 'FAILED') group by exit_code"));
  }

  private static Map<String, Long> count(Collection<String> values) {
    Map<String, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }

  private static Map<String, Long> grouped(Database database, String sql) {
    Map<String, Long> counts = new TreeMap<>();
    for (String row : database.texts(sql)) {
      List<String> words = new ArrayList<>(List.of(row.split(" ")));
      counts.put(words.getFirst(), Long.parseLong(words.getLast()));
    }
    return counts;
  }
}

package io.hodei.pipelines.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.json.Json;
import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GraphCheckTest {
  private final List<String> complaints = new ArrayList<>();

  static Step step(String id, String... dependsOn) {
    return step(id, List.of(dependsOn));
  }

  private static Step step(String id, List<String> dependsOn) {
    return new Step(
        id,
        Step.Phase.MAIN,
        dependsOn,
        null,
        new Work.OfJob(new Json.Obj(Map.of())),
        Map.of(),
        null,
        0,
        false);
  }

  private Optional<Graph> check(boolean failFast, Step... steps) {
    return GraphCheck.check(
        List.of(steps),
        failFast,
        (step, dependency, message) -> complaints.add(step + "/" + dependency + " " + message));
  }

  @Test
  void the_order_follows_the_dependencies() {
    Graph graph =
        check(false, step("d", "b", "c"), step("b", "a"), step("c", "a"), step("a")).orElseThrow();
    assertThat(graph.order()).containsExactly(3, 1, 2, 0);
    assertThat(graph.dependencies()).containsExactly(2, 1, 1, 0);
    assertThat(graph.childrenFrom()).containsExactly(0, 0, 1, 2, 4);
    assertThat(graph.children()).containsExactly(0, 0, 1, 2);
    assertThat(complaints).isEmpty();
  }

  @Test
  void every_kind_of_mistake_is_said_at_once() {
    Optional<Graph> graph =
        check(
            false,
            step("build"),
            step("build"),
            step("test", "biuld"),
            step("self", "self"),
            step("twice", "build", "build"),
            step("x", "z"),
            step("y", "x"),
            step("z", "y"),
            step("p", "q"),
            step("q", "p"));
    assertThat(graph).isEmpty();
    assertThat(complaints)
        .containsExactly(
            "1/-1 is the id of another step (number 1) already; each step needs its own",
            "2/0 there is no step biuld; did you mean build?",
            "3/0 step self depends on itself",
            "4/1 names build twice",
            "5/0 steps wait for each other in a circle: x → y → z → x; take one of these"
                + " dependencies out",
            "8/0 steps wait for each other in a circle: p → q → p; take one of these dependencies"
                + " out");
  }

  @Test
  void who_wants_the_first_mistake_only_gets_one() {
    check(true, step("a", "nowhere"), step("a"), step("b", "b"));
    assertThat(complaints).hasSize(1);
  }

  @Test
  void a_chain_of_a_hundred_thousand_steps_needs_no_stack() {
    int n = 100_000;
    Step[] steps = new Step[n];
    for (int i = 0; i < n; i++) {
      steps[i] = i == 0 ? step("s0", "s" + (n - 1)) : step("s" + i, "s" + (i - 1));
    }
    assertThat(check(false, steps)).isEmpty();
    assertThat(complaints).hasSize(1);
    assertThat(complaints.getFirst()).contains("s0 → s1 → s2").contains("more) → s99999 → s0");
    steps[0] = step("s0");
    assertThat(check(false, steps)).isPresent();
  }

  /** All pairs (before, after) of a graph, by the names of its steps. */
  private static Set<String> pairs(List<Step> steps, Graph graph) {
    Upstream upstream = new Upstream(steps, graph);
    Set<String> pairs = new HashSet<>();
    for (int a = 0; a < steps.size(); a++) {
      for (int b = 0; b < steps.size(); b++) {
        if (upstream.isBefore(a, b)) {
          pairs.add(steps.get(a).id() + "<" + steps.get(b).id());
        }
      }
    }
    return pairs;
  }

  /** What runs after what, the slow and plain way: the closure of the dependencies as written. */
  private static Set<String> oracle(List<Step> steps) {
    Map<String, Integer> index = new HashMap<>();
    steps.forEach(step -> index.put(step.id(), index.size()));
    BitSet[] before = new BitSet[steps.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = new BitSet();
      for (String id : steps.get(i).dependsOn()) {
        before[i].set(index.getOrDefault(id, 0));
      }
    }
    for (boolean changed = true; changed; ) {
      changed = false;
      for (BitSet mine : before) {
        int size = mine.cardinality();
        mine.stream().boxed().toList().forEach(i -> mine.or(before[i]));
        changed |= mine.cardinality() > size;
      }
    }
    Set<String> pairs = new HashSet<>();
    for (int i = 0; i < before.length; i++) {
      String after = steps.get(i).id();
      before[i].stream().forEach(b -> pairs.add(steps.get(b).id() + "<" + after));
    }
    return pairs;
  }

  private static List<Step> random(Random random, int n) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Set<String> dependsOn = new HashSet<>();
      for (int d = 0; i > 0 && d < random.nextInt(4); d++) {
        dependsOn.add("s" + random.nextInt(i));
      }
      steps.add(step("s" + i, List.copyOf(dependsOn)));
    }
    return steps;
  }

  private static Graph graph(List<Step> steps) {
    Graph graph = GraphCheck.check(steps, false, (s, d, m) -> {}).orElseThrow();
    int[] place = new int[steps.size()];
    for (int i = 0; i < graph.order().length; i++) {
      place[graph.order()[i]] = i;
    }
    for (int s = 0; s < steps.size(); s++) {
      for (int e = graph.childrenFrom()[s]; e < graph.childrenFrom()[s + 1]; e++) {
        assertThat(place[s]).isLessThan(place[graph.children()[e]]);
      }
    }
    assertThat(Arrays.stream(graph.order()).distinct().count()).isEqualTo(steps.size());
    return graph;
  }

  @RepeatedTest(60)
  void what_runs_after_what_depends_on_neither_order_nor_names_nor_edges_that_say_nothing(
      RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Step> steps = random(random, 2 + random.nextInt(60));
    Set<String> expected = oracle(steps);
    assertThat(pairs(steps, graph(steps))).isEqualTo(expected);

    List<Step> reordered = new ArrayList<>(steps);
    Collections.shuffle(reordered, random);
    assertThat(pairs(reordered, graph(reordered))).isEqualTo(expected);

    List<Step> renamed =
        steps.stream()
            .map(s -> step("n-" + s.id(), s.dependsOn().stream().map(d -> "n-" + d).toList()))
            .toList();
    Set<String> renamedPairs = new HashSet<>();
    pairs(renamed, graph(renamed)).forEach(pair -> renamedPairs.add(pair.replace("n-", "")));
    assertThat(renamedPairs).isEqualTo(expected);

    List<Step> reduced = withoutImplied(steps, expected);
    assertThat(pairs(reduced, graph(reduced))).isEqualTo(expected);

    List<Step> fewer = withoutOne(random, steps);
    assertThat(pairs(fewer, graph(fewer))).isEqualTo(oracle(fewer)).isSubsetOf(expected);
  }

  /** Without dependencies that follow from others. */
  private static List<Step> withoutImplied(List<Step> steps, Set<String> pairs) {
    return steps.stream()
        .map(
            s ->
                step(
                    s.id(),
                    s.dependsOn().stream()
                        .filter(
                            d -> s.dependsOn().stream().noneMatch(o -> pairs.contains(d + "<" + o)))
                        .toList()))
        .toList();
  }

  private static List<Step> withoutOne(Random random, List<Step> steps) {
    List<Step> fewer = new ArrayList<>(steps);
    int at = random.nextInt(steps.size());
    List<String> left = new ArrayList<>(steps.get(at).dependsOn());
    if (!left.isEmpty()) {
      left.remove(random.nextInt(left.size()));
    }
    fewer.set(at, step(steps.get(at).id(), left));
    return fewer;
  }
}

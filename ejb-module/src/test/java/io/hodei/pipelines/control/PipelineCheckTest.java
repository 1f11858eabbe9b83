package io.hodei.pipelines.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hodei.json.Document;
import io.hodei.json.Json;
import io.hodei.json.JsonWriter;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.DomainException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PipelineCheckTest {
  static final String WHOLE =
      """
      hodei: 1
      name: nightly
      description: Builds and ships.
      labels: {team: core}
      parameters:
      - {name: version, pattern: "v[0-9]+", required: true}
      - {name: count, type: number, default: 3}
      - {name: target, type: enum, values: [dev, prod], default: dev}
      - {name: key, type: secret}
      failurePolicy: CONTINUE
      concurrency: {limit: 2, whenFull: CANCEL_OLDEST}
      timeout: 2h
      executor: noop
      defaults:
        pool: build
        labels: {from: defaults}
        retry: {maxAttempts: 2}
      steps:
      - id: build
        job:
          labels: {step: build}
          spec:
            command: [make, "V=${{ params.version }}"]
            environment: {COUNT: "${{ params.count }}"}
      - id: unit-test
        dependsOn: build
        when: steps.build.state == "SUCCEEDED" && params.count > 2
        matrix: {os: [linux, bsd], java: [21, 25]}
        maxParallel: 2
        allowFailure: true
        retry: {maxAttempts: "${{ params.count }}"}
        timeouts: {run: 5m}
        job:
          spec:
            shell: |
              test ${{ matrix.os }} ${{ matrix.java }}
              echo $${{ no }}
      - id: each
        dependsOn: [build]
        map: steps.build.outputs.files
        template: {name: upload, version: 2, parameters: {file: "${{ item }}"}}
      - id: sub
        dependsOn: [each]
        pipeline: {name: other, parameters: {n: "${{ params.count + 1 }}"}}
      - id: ok
        dependsOn: [sub, unit-test]
        approval: {by: [ada, bob], quorum: 2, timeout: 1d, onTimeout: SKIP, message: Ship it?}
      - id: pause
        dependsOn: ok
        wait: {for: 10m}
      - id: signal
        dependsOn: pause
        wait: {signal: go, timeout: 1h}
      - id: event
        dependsOn: signal
        wait: {event: io.hodei.job.ended, where: event.data.name == params.version}
      onFailure:
      - id: tell
        job: {spec: {command: [mail, "${{ steps.build.state }}"]}}
      finally:
      - id: clean
        job: {spec: {executor: process, command: [rm]}}
      """;

  static PipelineCheck.Checked check(String yaml) {
    return PipelineCheck.check(Document.ofYaml(yaml.getBytes(StandardCharsets.UTF_8)), false);
  }

  private static List<String> wrong(String yaml) {
    DomainException refused = catchThrowableOfType(DomainException.class, () -> check(yaml));
    assertThat(refused).as(yaml).isNotNull();
    return refused.errors().stream()
        .map(e -> "%d:%d %s %s".formatted(e.line(), e.column(), e.pointer(), e.message()))
        .toList();
  }

  @Test
  void a_whole_pipeline_is_read() {
    Pipeline pipeline = check(WHOLE).pipeline();
    assertThat(pipeline.name()).isEqualTo("nightly");
    assertThat(pipeline.failurePolicy()).isEqualTo(Pipeline.FailurePolicy.CONTINUE);
    assertThat(pipeline.concurrency())
        .isEqualTo(new Pipeline.Concurrency(2, Pipeline.WhenFull.CANCEL_OLDEST));
    assertThat(pipeline.timeout()).isEqualTo(Duration.ofHours(2));
    assertThat(pipeline.steps())
        .extracting(Step::id)
        .containsExactly(
            "build", "unit-test", "each", "sub", "ok", "pause", "signal", "event", "tell", "clean");
    Step test = pipeline.steps().get(1);
    assertThat(test.dependsOn()).containsExactly("build");
    assertThat(test.matrix().keySet()).containsExactly("os", "java");
    assertThat(test.maxParallel()).isEqualTo(2);
    assertThat(test.allowFailure()).isTrue();
    Json.Obj body = ((Work.OfJob) pipeline.steps().getFirst().work()).body();
    assertThat(new JsonWriter().value(body).toString())
        .contains("\"pool\":\"build\"")
        .contains("\"labels\":{\"from\":\"defaults\",\"step\":\"build\"}")
        .contains("\"retry\":{\"maxAttempts\":2}")
        .contains("\"executor\":\"noop\"");
    assertThat(pipeline.steps().get(4).work())
        .isEqualTo(
            new Work.Approval(
                List.of("ada", "bob"), 2, Duration.ofDays(1), Work.OnTimeout.SKIP, "Ship it?"));
    assertThat(pipeline.steps().get(8).phase()).isEqualTo(Step.Phase.ON_FAILURE);
    assertThat(pipeline.steps().get(9).phase()).isEqualTo(Step.Phase.FINALLY);
  }

  @Test
  void everything_that_is_wrong_is_said_at_once_with_its_place() {
    assertThat(
            wrong(
                """
                name: bad name
                parameters:
                - {name: in}
                - {name: n, type: number, default: x}
                steps:
                - id: a
                  dependsOn: [b, c]
                  job: {spec: {command: []}}
                - id: b
                  dependsOn: a
                  when: params.m > 1
                  job: {spec: {comand: [x]}, pool: "!"}
                - id: d
                  when: params.n
                  map: "'x'"
                  wait: {for: 5 minutes}
                - id: e
                  job:
                    spec:
                      shell: |
                        echo
                        echo ${{ steps.d.outputs }} ${{ item }}
                - id: f
                  retry: {}
                  approval: {quorum: 2, by: ada}
                - id: g
                """))
        .containsExactly(
            "1:7 /name must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin"
                + " with a mark",
            "3:10 /parameters/0/name must be letters, digits and _, not begin with a digit and be"
                + " none of true, false, null, in",
            "4:36 /parameters/1/default must be a number, not a string",
            "7:15 /steps/0/dependsOn/0 steps wait for each other in a circle: a → b → a; take one"
                + " of these dependencies out",
            "7:18 /steps/0/dependsOn/1 there is no step c",
            "8:16 /steps/0/job/spec/command is required; give the program and its arguments, or"
                + " shell",
            "11:9 /steps/1/when there is no parameter m",
            "12:9 /steps/1/job/spec/command is required; give the program and its arguments, or"
                + " shell",
            "12:16 /steps/1/job/spec/comand is not known here; known are [cloudRun, command,"
                + " environment, executor, http, image, killGrace, shell, stdin, workingDirectory]",
            "12:36 /steps/1/job/pool must be 1 to 63 letters, digits, dots, hyphens or underscores,"
                + " not begin with a mark",
            "14:9 /steps/2/when must give true or false, but gives a value of type double",
            "15:9 /steps/2/map must give a list, but gives a value of type string",
            "16:15 /steps/2/wait/for is not a duration; write it as 250ms, 30s, 5m, 2h, 1d or"
                + " PT30S",
            "22:41 /steps/3/job/spec/shell item is only there in what a step with map does, not in"
                + " its conditions",
            "24:3 /steps/4/retry is only possible for a step with a job",
            "25:22 /steps/4/approval/quorum is more than the 1 who may approve",
            "26:3 /steps/5/job is missing: a step has one of [job, template, pipeline, approval,"
                + " wait]");
  }

  @Test
  void expressions_name_only_what_has_a_value_by_then() {
    assertThat(
            wrong(
                """
                name: n
                defaults: {pool: "${{ steps.a.state }}"}
                steps:
                - id: a
                  when: steps.a.state == "x" || steps.bb.state == "x"
                  job: {spec: {command: ["${{ steps.c.outputs }}", "${{ 1 + }}", "${{ 1"]}}
                - {id: b, dependsOn: a, wait: {for: 1s}}
                - id: c
                  dependsOn: b
                  matrix: {os: [x]}
                  when: matrix.os == "x"
                  job: {spec: {shell: "${{ steps.a.outputs.x }} ${{ matrix.so }} ${{ event.id }}"}}
                finally:
                - id: d
                  when: steps.c.state == "FAILED"
                  wait: {event: e, where: event.id == steps.b.state && item}
                """))
        .containsExactly(
            "2:23 /defaults/pool steps have no values in defaults, which hold for all of them",
            "5:9 /steps/0/when a step cannot use its own outputs",
            "5:33 /steps/0/when there is no step bb; did you mean b?",
            "6:31 /steps/0/job/spec/command/0 step c may not have ended by then; add it to"
                + " dependsOn",
            "6:60 /steps/0/job/spec/command/1 the expression ends too early",
            "6:67 /steps/0/job/spec/command/2 the expression that begins here does not end with }}",
            "11:9 /steps/2/when matrix is only there in what a step with a matrix does, not in its"
                + " conditions",
            "12:53 /steps/2/job/spec/shell there is no axis so",
            "12:70 /steps/2/job/spec/shell event is only there in the where of a wait for an event",
            "16:56 /finally/0/wait/where item is only there in what a step with map does, not in"
                + " its conditions");
  }

  @Test
  void who_wants_the_first_mistake_only_gets_one() {
    Document document =
        Document.ofYaml("name: 1\nsteps: [{id: a}, {id: a}]".getBytes(StandardCharsets.UTF_8));
    DomainException refused =
        catchThrowableOfType(DomainException.class, () -> PipelineCheck.check(document, true));
    assertThat(refused.errors()).hasSize(1);
    assertThat(refused.errors().getFirst().line()).isEqualTo(1);
  }

  @Test
  void exporting_and_importing_again_changes_no_byte() {
    Json.Obj canonical = check(WHOLE).canonical();
    String exported = YamlText.of(canonical);
    Json.Obj again = check(exported).canonical();
    assertThat(again).isEqualTo(canonical);
    assertThat(YamlText.of(again)).isEqualTo(exported);
    assertThat(check(new JsonWriter().value(canonical).toString()).canonical())
        .isEqualTo(canonical);
  }

  @Test
  void how_a_document_is_written_makes_no_difference() {
    Json.Obj one = check("steps:\n- job: {spec: {command: [a]}}\n  id: x\nname: n\n").canonical();
    Json.Obj other =
        check("{name: n, description: ~, steps: [{id: x, job: {spec: {command: ['a']}}}]}")
            .canonical();
    assertThat(one).isEqualTo(other);
  }

  @Test
  void every_text_survives_yaml() {
    Random random = new Random(5);
    String alphabet = "aZ09 \n\t:#-'\"\\{}[],&*!|>%@`?~=$/ü€\u0085\u2028\u007f.";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Json value = new Json.Text(text.toString());
      Json json =
          new Json.Obj(
              Map.of("k", value, "l", new Json.Arr(List.of(value, new Json.Arr(List.of(value))))));
      String yaml = YamlText.of(json);
      assertThat(Document.ofYaml(yaml.getBytes(StandardCharsets.UTF_8)).json())
          .as(yaml)
          .isEqualTo(json);
    }
  }

  @Test
  void a_pipeline_of_the_largest_size_is_checked() {
    StringBuilder yaml = new StringBuilder("name: big\nsteps:\n");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < PipelineReader.MOST_STEPS; i++) {
      ids.add("s" + i);
      yaml.append("- {id: s").append(i).append(", dependsOn: ");
      yaml.append(ids.subList(Math.max(0, i - 9), i));
      yaml.append(", wait: {for: 1s}}\n");
    }
    assertThat(check(yaml.toString()).graph().order()).hasSize(PipelineReader.MOST_STEPS);
    yaml.append("- {id: more, wait: {for: 1s}}\n");
    assertThat(wrong(yaml.toString())).singleElement().asString().contains("more than 10000 steps");
  }
}

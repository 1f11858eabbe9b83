package io.hodei.runs.control;

import static io.hodei.runs.control.RunStage.ANNA;
import static io.hodei.runs.control.RunStage.TENANT;
import static io.hodei.runs.control.RunStage.pipelineOf;
import static io.hodei.runs.control.RunStage.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.json.Json;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.runs.entity.Rerun;
import io.hodei.runs.entity.RunState;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import io.hodei.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How runs go on, with a test in the place of the agents. */
class RunAdvancingTest {
  private static final RunStage STAGE = new RunStage();
  private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void a_step_begins_when_all_it_depends_on_has_succeeded() {
    STAGE.pipeline(
        pipelineOf(
            name, "", step("a", ""), step("b", ""), step("c", "\"dependsOn\":[\"a\",\"b\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    assertThat(STAGE.states(run)).isEqualTo(Map.of("a", "RUNNING", "b", "RUNNING", "c", "WAITING"));
    STAGE.end(run, "a", "SUCCEEDED", "{}");
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("c", "WAITING");
    STAGE.end(run, "b", "SUCCEEDED", "{}");
    assertThat(STAGE.states(run)).containsEntry("c", "READY");
    STAGE.advance();
    STAGE.end(run, "c", "SUCCEEDED", "{}");
    STAGE.advance();
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(STAGE.get(run).ended()).isEqualTo(3);
  }

  @Test
  void an_end_that_is_told_twice_counts_once() {
    STAGE.pipeline(
        pipelineOf(
            name, "", step("a", ""), step("b", ""), step("c", "\"dependsOn\":[\"a\",\"b\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    long job = STAGE.openJobs(run).getFirst();
    STAGE.endJob(run, job, "SUCCEEDED", "{}");
    STAGE.tellAgain(run, job);
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("c", "WAITING");
    assertThat(STAGE.get(run).ended()).isEqualTo(1);
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void what_a_node_did_not_begin_before_it_died_is_found_in_the_tables() {
    STAGE.pipeline(pipelineOf(name, "", step("a", "")));
    long run = STAGE.start(name);
    assertThat(STAGE.errands()).anyMatch(errand -> errand.id() == run);
    STAGE.advance();
    assertThat(STAGE.errands()).noneMatch(errand -> errand.id() == run);
    STAGE.end(run, "a", "SUCCEEDED", "{}");
    assertThat(STAGE.errands()).anyMatch(errand -> errand.id() == run);
    STAGE.advance();
  }

  @Test
  void a_failure_stops_what_has_not_begun_and_what_runs_ends() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "\"onFailure\":[" + step("tell", "") + "],\"finally\":[" + step("clean", "") + "]",
            step("a", ""),
            step("b", ""),
            step("c", "\"dependsOn\":[\"b\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.end(run, "a", "FAILED", "{}");
    STAGE.advance();
    assertThat(STAGE.states(run))
        .containsEntry("b", "RUNNING")
        .containsEntry("c", "SKIPPED")
        .containsEntry("tell", "WAITING");
    STAGE.end(run, "b", "SUCCEEDED", "{}");
    STAGE.advance();
    assertThat(STAGE.states(run))
        .containsEntry("tell", "RUNNING")
        .containsEntry("clean", "WAITING");
    STAGE.finish(run);
    assertThat(STAGE.states(run)).containsEntry("clean", "SUCCEEDED");
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void with_continue_only_what_depends_on_the_failure_is_skipped() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "\"failurePolicy\":\"CONTINUE\"",
            step("a", ""),
            step("b", ""),
            step("after-a", "\"dependsOn\":[\"a\"]"),
            step("far", "\"dependsOn\":[\"after-a\"]"),
            step("always", "\"dependsOn\":[\"a\"],\"when\":\"true\""),
            step("after-b", "\"dependsOn\":[\"b\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.end(run, "a", "FAILED", "{}");
    STAGE.finish(run);
    assertThat(STAGE.states(run))
        .isEqualTo(
            Map.of(
                "a", "FAILED",
                "b", "SUCCEEDED",
                "after-a", "SKIPPED",
                "far", "SKIPPED",
                "always", "SUCCEEDED",
                "after-b", "SUCCEEDED"));
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void a_step_that_may_fail_stops_nothing() {
    STAGE.pipeline(
        pipelineOf(
            name, "", step("a", "\"allowFailure\":true"), step("b", "\"dependsOn\":[\"a\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.end(run, "a", "FAILED", "{}");
    STAGE.finish(run);
    assertThat(STAGE.states(run)).containsEntry("b", "SUCCEEDED");
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void outputs_and_parameters_flow_into_later_jobs() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "\"parameters\":[{\"name\":\"env\",\"type\":\"string\",\"required\":true}]",
            step("a", ""),
            "{\"id\":\"b\",\"dependsOn\":[\"a\"],\"when\":\"steps.a.outputs.size > 2\",\"job\":{\"spec\":{\"command\":[\"echo\",\"${{ params.env }}-${{ steps.a.outputs.size }}\"]}}}",
            step("c", "\"dependsOn\":[\"a\"],\"when\":\"steps.a.outputs.size > 9\"")));
    assertThatThrownBy(() -> STAGE.start(name))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("/parameters/env");
    long run = STAGE.start(name, Map.of("env", new Json.Text("prod")));
    STAGE.advance();
    STAGE.end(run, "a", "SUCCEEDED", "{\"size\":3}");
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("c", "SKIPPED").containsEntry("b", "RUNNING");
    assertThat(command(run, "b")).contains("prod-3");
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_template_makes_the_job_of_a_step() {
    String template = "greet-" + name;
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            step("a", ""),
            "{\"id\":\"b\",\"dependsOn\":[\"a\"],\"template\":{\"name\":\"%s\",\"parameters\":{\"who\":\"${{ steps.a.outputs.who }}\"}}}"
                .formatted(template),
            "{\"id\":\"c\",\"template\":{\"name\":\"%s\",\"parameters\":{\"no\":1}},\"allowFailure\":true}"
                .formatted(template)));
    assertThatThrownBy(() -> STAGE.start(name))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining(template);

    STAGE.template(
        "{\"name\":\"%s\",\"parameters\":[{\"name\":\"who\",\"required\":true}],\"job\":{\"spec\":{\"command\":[\"echo\",\"{{who}}\"]}}}"
            .formatted(template));
    long run = STAGE.start(name);
    STAGE.advance();
    assertThat(STAGE.reason(run, "c")).contains(template).contains("/parameters/who");
    STAGE.end(run, "a", "SUCCEEDED", "{\"who\":\"anna\"}");
    STAGE.advance();
    assertThat(command(run, "b")).contains("anna");
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  private static String command(long run, String step) {
    return STAGE
        .database
        .admin()
        .sql(
            "select s.document ->> 'command' as command from jobs j join job_specs s on s.id = j.spec_id where j.run_id = :run and j.step = :step")
        .set("run", run)
        .set("step", step)
        .one(row -> row.text("command"));
  }

  @Test
  void an_expression_without_a_value_fails_the_step_and_says_where() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            step("a", ""),
            step("b", "\"dependsOn\":[\"a\"],\"when\":\"steps.a.outputs.missing > 2\"")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.end(run, "a", "SUCCEEDED", "{}");
    STAGE.finish(run);
    assertThat(STAGE.states(run)).containsEntry("b", "FAILED");
    assertThat(STAGE.reason(run, "b")).contains("/steps/1/when");
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void a_map_runs_once_per_item_and_not_more_at_once_than_allowed() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            step("a", ""),
            step("m", "\"dependsOn\":[\"a\"],\"map\":\"steps.a.outputs.files\",\"maxParallel\":2"),
            step("z", "\"dependsOn\":[\"m\"],\"when\":\"size(steps.m.outputs) == 3\"")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.end(run, "a", "SUCCEEDED", "{\"files\":[\"x\",\"y\",\"z\"]}");
    STAGE.advance();
    assertThat(STAGE.states(run))
        .containsEntry("m", "RUNNING")
        .containsEntry("m[1]", "RUNNING")
        .containsEntry("m[2]", "RUNNING")
        .containsEntry("m[3]", "WAITING");
    STAGE.end(run, "m[2]", "SUCCEEDED", "{\"n\":2}");
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("m[3]", "RUNNING").containsEntry("m[1]", "RUNNING");
    STAGE.finish(run);
    assertThat(STAGE.states(run)).containsEntry("m", "SUCCEEDED").containsEntry("z", "SUCCEEDED");
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_matrix_runs_every_combination() {
    STAGE.pipeline(
        pipelineOf(name, "", step("m", "\"matrix\":{\"os\":[\"l\",\"m\"],\"jdk\":[17,21,25]}")));
    long run = STAGE.start(name);
    STAGE.advance();
    assertThat(STAGE.openJobs(run)).hasSize(6);
    STAGE.end(run, "m[1]", "FAILED", "{}");
    STAGE.finish(run);
    assertThat(STAGE.states(run)).containsEntry("m", "FAILED").containsEntry("m[6]", "SUCCEEDED");
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void outputs_of_instances_are_a_list_or_the_step_says_why_not() {
    STAGE.pipeline(pipelineOf(name, "", step("m", "\"matrix\":{\"n\":[1,2]}")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.end(run, "m[1]", "SUCCEEDED", "{\"a\":\"%s\"}".formatted("x".repeat(40_000)));
    STAGE.end(run, "m[2]", "SUCCEEDED", "{\"a\":\"%s\"}".formatted("x".repeat(40_000)));
    STAGE.finish(run);
    assertThat(STAGE.states(run)).containsEntry("m", "SUCCEEDED");
    assertThat(STAGE.reason(run, "m")).contains("larger than 64 KiB");

    long small = STAGE.start(name);
    STAGE.advance();
    STAGE.end(small, "m[1]", "SUCCEEDED", "{\"a\":1}");
    STAGE.end(small, "m[2]", "SUCCEEDED", "{\"a\":2}");
    STAGE.finish(small);
    assertThat(STAGE.reason(small, "m")).isEmpty();
  }

  @Test
  void an_approval_waits_for_enough_of_those_who_may() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            "{\"id\":\"ok\",\"approval\":{\"by\":[\"anna\"],\"timeout\":\"1h\"}}",
            step("b", "\"dependsOn\":[\"ok\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("ok", "HELD");
    assertThat(STAGE.openJobs(run)).isEmpty();
    var bob = new Caller(TENANT, "one", 8, "bob", ANNA.role(), ANNA.permissions());
    StepKey key = new StepKey(0, 0);
    assertThatThrownBy(
            () ->
                STAGE.asTenant(
                    tenant -> {
                      STAGE.decisions.approve(tenant, bob, run, key);
                      return true;
                    }))
        .hasMessageContaining("Only anna");
    for (int twice = 0; twice < 2; twice++) {
      STAGE.asTenant(
          tenant -> {
            STAGE.decisions.approve(tenant, ANNA, run, key);
            return true;
          });
    }
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_timer_lets_its_step_go_on_and_an_approval_in_vain_fails() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "\"failurePolicy\":\"CONTINUE\"",
            "{\"id\":\"t\",\"wait\":{\"for\":\"20ms\"}}",
            "{\"id\":\"ok\",\"approval\":{\"timeout\":\"20ms\"}}"));
    long run = STAGE.start(name);
    await(() -> STAGE.get(run).state().isTerminal());
    assertThat(STAGE.states(run)).isEqualTo(Map.of("t", "SUCCEEDED", "ok", "FAILED"));
  }

  @Test
  void a_signal_reaches_steps_that_wait_and_steps_that_will() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            "{\"id\":\"now\",\"wait\":{\"signal\":\"go\"}}",
            "{\"id\":\"later\",\"dependsOn\":[\"now\"],\"wait\":{\"signal\":\"go\"}}"));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.asTenant(
        tenant -> {
          STAGE.decisions.signal(tenant, TENANT, run, "go", new Json.Text("x"));
          return true;
        });
    STAGE.advance();
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void an_event_of_the_tenant_ends_the_wait_for_it() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            "{\"id\":\"e\",\"wait\":{\"event\":\"io.hodei.test.%s\",\"where\":\"event.data.n == 2\"}}"
                .formatted(name)));
    long run = STAGE.start(name);
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("e", "HELD");
    for (int n = 1; n <= 2; n++) {
      STAGE
          .database
          .admin()
          .sql(
              "insert into outbox (tenant_id, topic, items, position) values (1, :topic, cast(:items as jsonb), nextval('outbox_position') + 1000000)")
          .set("topic", "test." + name)
          .set("items", "[{\"n\":%d}]".formatted(n))
          .execute();
      STAGE.asTenant(
          tenant -> {
            STAGE.waits.listen(tenant, TENANT);
            return true;
          });
      STAGE.advance();
      assertThat(STAGE.states(run)).containsEntry("e", n == 1 ? "HELD" : "SUCCEEDED");
    }
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_run_of_another_pipeline_is_the_work_of_a_step() {
    STAGE.pipeline(pipelineOf(name + "c", "", step("in", "")));
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            "{\"id\":\"call\",\"pipeline\":{\"name\":\"%sc\"}}".formatted(name),
            step("b", "\"dependsOn\":[\"call\"],\"when\":\"steps.call.outputs['in'].x == 1\"")));
    long run = STAGE.start(name);
    STAGE.advance();
    long child =
        STAGE.number(
            "select child_run_id as n from run_steps where run_id = " + run + " and step = 0");
    STAGE.end(child, "in", "SUCCEEDED", "{\"x\":1}");
    STAGE.advance();
    assertThat(STAGE.get(child).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(STAGE.states(run)).isEqualTo(Map.of("call", "SUCCEEDED", "b", "RUNNING"));
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_pipeline_that_calls_itself_comes_to_an_end() {
    STAGE.pipeline(
        pipelineOf(name, "", "{\"id\":\"call\",\"pipeline\":{\"name\":\"%s\"}}".formatted(name)));
    long run = STAGE.start(name);
    STAGE.advance();
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.FAILED);
    assertThat(STAGE.number("select count(*) as n from runs where pipeline = '" + name + "'"))
        .isEqualTo(RunStarting.DEEPEST);
  }

  @Test
  void a_cancelled_run_begins_nothing_more_but_the_last_steps() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "\"onFailure\":[" + step("tell", "") + "],\"finally\":[" + step("clean", "") + "]",
            step("a", ""),
            step("b", "\"dependsOn\":[\"a\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    cancel(run);
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("a", "RUNNING").containsEntry("b", "CANCELLED");
    long[] asked = STAGE.asTenant(tenant -> STAGE.relations.tasksToCancel(tenant, TENANT, run, 10));
    assertThat(asked).hasSize(1);
    STAGE.end(run, "a", "CANCELLED", "{}");
    STAGE.advance();
    assertThat(STAGE.states(run))
        .containsEntry("tell", "SKIPPED")
        .containsEntry("clean", "RUNNING");
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void a_paused_run_begins_nothing_and_loses_nothing() {
    STAGE.pipeline(pipelineOf(name, "", step("a", ""), step("b", "\"dependsOn\":[\"a\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.asTenant(
        tenant -> {
          STAGE.changing.pause(tenant, TENANT, run, null);
          return true;
        });
    STAGE.end(run, "a", "SUCCEEDED", "{}");
    STAGE.advance();
    assertThat(STAGE.states(run)).containsEntry("b", "READY");
    STAGE.asTenant(
        tenant -> {
          STAGE.changing.resume(tenant, TENANT, run);
          return true;
        });
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_full_pipeline_lets_runs_wait_in_turn() {
    STAGE.pipeline(
        pipelineOf(name, "\"concurrency\":{\"limit\":1,\"whenFull\":\"QUEUE\"}", step("a", "")));
    long first = STAGE.start(name);
    long second = STAGE.start(name);
    assertThat(STAGE.get(second).state()).isEqualTo(RunState.QUEUED);
    admit(first);
    assertThat(STAGE.get(second).state()).isEqualTo(RunState.QUEUED);
    STAGE.finish(first);
    admit(first);
    assertThat(STAGE.get(second).state()).isEqualTo(RunState.RUNNING);
    STAGE.finish(second);
  }

  @Test
  void a_full_pipeline_refuses_or_makes_place_when_it_says_so() {
    STAGE.pipeline(
        pipelineOf(name, "\"concurrency\":{\"limit\":1,\"whenFull\":\"REJECT\"}", step("a", "")));
    long only = STAGE.start(name);
    assertThatThrownBy(() -> STAGE.start(name)).hasMessageContaining("as many as it allows");
    STAGE.finish(only);
    String other = name + "o";
    STAGE.pipeline(
        pipelineOf(
            other, "\"concurrency\":{\"limit\":1,\"whenFull\":\"CANCEL_OLDEST\"}", step("a", "")));
    long old = STAGE.start(other);
    long young = STAGE.start(other);
    admit(old);
    STAGE.touched.events().getLast().errands().forEach(STAGE::run);
    STAGE.finish(old);
    assertThat(STAGE.get(old).state()).isEqualTo(RunState.CANCELLED);
    admit(old);
    assertThat(STAGE.get(young).state()).isEqualTo(RunState.RUNNING);
    STAGE.finish(young);
  }

  @Test
  void a_rerun_of_what_failed_takes_the_rest_over() {
    STAGE.pipeline(
        pipelineOf(
            name,
            "",
            step("a", ""),
            step("b", "\"dependsOn\":[\"a\"]"),
            step("c", "\"dependsOn\":[\"b\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    STAGE.end(run, "a", "SUCCEEDED", "{\"v\":5}");
    STAGE.advance();
    STAGE.end(run, "b", "FAILED", "{}");
    STAGE.advance();
    long again = rerun(run, Rerun.Mode.FAILED, null);
    assertThat(STAGE.states(again))
        .isEqualTo(Map.of("a", "SUCCEEDED", "b", "READY", "c", "WAITING"));
    assertThat(
            STAGE.number(
                "select cast(outputs ->> 'v' as int) as n from run_steps where step = 0 and run_id = "
                    + again))
        .isEqualTo(5);
    STAGE.finish(again);
    assertThat(STAGE.get(again).state()).isEqualTo(RunState.SUCCEEDED);
    assertThatThrownBy(() -> rerun(again, Rerun.Mode.FAILED, null))
        .hasMessageContaining("nothing to run again");
    long third = rerun(again, Rerun.Mode.FROM, "c");
    assertThat(STAGE.states(third))
        .isEqualTo(Map.of("a", "SUCCEEDED", "b", "SUCCEEDED", "c", "READY"));
    STAGE.finish(third);
  }

  @Test
  void people_end_steps_and_a_late_job_changes_nothing() {
    STAGE.pipeline(pipelineOf(name, "", step("a", ""), step("b", "\"dependsOn\":[\"a\"]")));
    long run = STAGE.start(name);
    STAGE.advance();
    long job = STAGE.openJobs(run).getFirst();
    STAGE.asTenant(
        tenant -> {
          STAGE.changing.endStep(
              tenant, TENANT, run, new StepKey(0, 0), StepState.SUCCEEDED, "marked", null);
          return true;
        });
    STAGE.advance();
    STAGE.endJob(run, job, "CANCELLED", "{}");
    STAGE.advance();
    assertThat(STAGE.states(run)).isEqualTo(Map.of("a", "SUCCEEDED", "b", "RUNNING"));
    STAGE.finish(run);
    assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void who_misspells_a_step_is_told_of_the_run_and_of_the_name_that_is_near() {
    STAGE.pipeline(pipelineOf(name, "", step("build", ""), step("test", "")));
    long run = STAGE.start(name);

    assertThatThrownBy(() -> key(run, "biuld"))
        .hasMessageStartingWith("There is no step biuld in this run; did you mean build? ")
        .hasMessageContaining("/runs/" + Id.format(run) + "/steps");
    assertThatThrownBy(() -> key(run, "deploy"))
        .hasMessageStartingWith("There is no step deploy in this run. ");
    assertThatThrownBy(() -> key(run + 1, "build")).hasMessageStartingWith("There is no run ");
    assertThatThrownBy(
            () ->
                STAGE.asTenant(
                    tenant -> STAGE.changing.step(tenant, TENANT, run, new StepKey(0, 7))))
        .hasMessageStartingWith("This step has no instance 7 in this run. ");
  }

  private static StepKey key(long run, String title) {
    return STAGE.asTenant(tenant -> STAGE.reader.key(tenant, TENANT, run, title));
  }

  @Test
  void another_tenant_sees_nothing() {
    STAGE.pipeline(pipelineOf(name, "", step("a", "")));
    long run = STAGE.start(name);
    assertThat(
            STAGE
                .database
                .tenantTransactions()
                .inTransaction(
                    () ->
                        STAGE
                            .database
                            .tenants()
                            .in(2)
                            .sql("select run_id as n from run_steps where run_id = :run")
                            .set("run", run)
                            .list(row -> row.number("n"))))
        .isEmpty();
    STAGE.finish(run);
  }

  private static void cancel(long run) {
    STAGE.asTenant(
        tenant -> {
          STAGE.changing.cancel(tenant, TENANT, run, "test");
          return true;
        });
  }

  private static void admit(long run) {
    STAGE.asTenant(
        tenant -> {
          STAGE.relations.admit(tenant, TENANT, STAGE.reader.get(tenant, TENANT, run).pipelineId());
          return true;
        });
  }

  private static long rerun(long run, Rerun.Mode mode, @Nullable String from) {
    return STAGE.asTenant(
        tenant ->
            STAGE.reruns.rerun(
                tenant,
                ANNA,
                STAGE.reader.get(tenant, TENANT, run),
                new Rerun(mode, from, null, false, List.of(), List.of(), null)));
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      STAGE.advance();
    }
  }
}

package io.hodei.schedules.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.pipelines.PipelineTable;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.schedules.entity.Backfill;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleState;
import io.hodei.schedules.entity.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules on a real database. */
class ScheduleFiringTest {
  private static final ScheduleWorld WORLD = new ScheduleWorld();
  private static final String EVERY_MINUTE = "'cron':'* * * * *'";
  private static final Duration THREE_MINUTES = Duration.ofMinutes(2);

  @BeforeEach
  void empty() {
    WORLD.awaitFullSeconds(3);
    WORLD
        .admin()
        .sql(
            "truncate schedules, schedule_firings, backfills, calendars, freezes, jobs, job_labels, outbox, runs, run_steps")
        .execute();
  }

  private static Schedule everyMinute(String members) {
    return WORLD.create("a", EVERY_MINUTE + (members.isEmpty() ? "" : "," + members));
  }

  @Test
  void each_due_tick_becomes_one_job_and_the_next_one_is_set() {
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL'");
    WORLD.passed(schedule, THREE_MINUTES);

    assertThat(WORLD.fire(schedule)).isEqualTo(3);

    assertThat(WORLD.states(schedule)).containsExactly("STARTED", "STARTED", "STARTED");
    assertThat(WORLD.firings(schedule)).extracting(Firing::jobId).doesNotContainNull();
    assertThat(WORLD.jobs()).isEqualTo(3);
    Schedule after = WORLD.get(schedule);
    assertThat(after.nextTick())
        .isEqualTo(WORLD.firings(schedule).getLast().tick().plus(Duration.ofMinutes(1)));
    assertThat(after.fired()).isEqualTo(3);
    assertThat(WORLD.fire(schedule)).isZero();
  }

  @Test
  void the_preview_said_what_was_fired() {
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL','jitter':'20s'");
    WORLD.passed(schedule, Duration.ofMinutes(9));
    Instant from = WORLD.get(schedule).nextTick();

    WORLD.fire(schedule);

    Instant to = WORLD.get(schedule).nextTick();
    List<Instant> said =
        WORLD
            .in(() -> WORLD.lookup.preview(ScheduleWorld.CALLER, "a", from, to, 100))
            .ticks()
            .stream()
            .map(Tick::at)
            .toList();
    assertThat(WORLD.firings(schedule)).extracting(Firing::tick).containsExactlyElementsOf(said);
  }

  /** Both have read the schedule as due; the second one writes after the first one's commit. */
  @Test
  void a_tick_that_has_its_row_is_not_fired_again_whoever_comes() {
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL'");
    WORLD.passed(schedule, THREE_MINUTES);
    WORLD.fire(schedule);

    // What a leader of an older term would have read.
    WORLD.passed(schedule, THREE_MINUTES);
    WORLD.fire(schedule);

    assertThat(WORLD.jobs()).isEqualTo(3);
    assertThat(WORLD.states(schedule)).hasSize(3);
  }

  @Test
  void leaders_that_compete_make_each_job_once() throws Exception {
    List<Schedule> schedules = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      schedules.add(WORLD.create("s" + i, EVERY_MINUTE + ",'overlap':'ALLOW_ALL'"));
    }
    Schedule[] all = schedules.toArray(Schedule[]::new);
    for (int round = 0; round < 5; round++) {
      for (Schedule schedule : all) {
        WORLD.passed(schedule, Duration.ofMinutes(round * 3L + 2));
      }
      together(4, () -> WORLD.fire(all));
    }
    long ticks =
        WORLD.count("select count(distinct (schedule_id, tick)) as n from schedule_firings");
    assertThat(WORLD.jobs()).isEqualTo(ticks);
    assertThat(ticks).isGreaterThanOrEqualTo(20L * 15);
  }

  private static void together(int threads, Callable<Integer> work) throws Exception {
    CountDownLatch ready = new CountDownLatch(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(
            pool.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return work.call();
                }));
      }
      for (Future<Integer> result : results) {
        result.get();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SKIP            | STARTED, SKIPPED, SKIPPED
          BUFFER_ONE      | STARTED, BUFFERED, SKIPPED
          BUFFER_ALL      | STARTED, BUFFERED, BUFFERED
          CANCEL_OTHER    | SKIPPED, SKIPPED, STARTED
          TERMINATE_OTHER | SKIPPED, SKIPPED, STARTED
          ALLOW_ALL       | STARTED, STARTED, STARTED
          """)
  void ticks_that_come_together_follow_the_policy(String policy, String states) {
    Schedule schedule = everyMinute("'overlap':'%s'".formatted(policy));
    WORLD.passed(schedule, THREE_MINUTES);

    WORLD.fire(schedule);

    assertThat(WORLD.states(schedule)).containsExactly(states.split(", "));
  }

  @Test
  void a_tick_beside_a_running_job_follows_the_policy() {
    Schedule schedule = everyMinute("'overlap':'CANCEL_OTHER'");
    WORLD.passed(schedule, Duration.ZERO);
    WORLD.fire(schedule);
    WORLD.startJobs();
    WORLD.admin().sql("update schedule_firings set tick = tick - interval '1 hour'").update();
    WORLD.passed(schedule, Duration.ZERO);

    WORLD.fire(schedule);

    assertThat(WORLD.states(schedule)).containsExactly("STARTED", "BUFFERED");
    assertThat(WORLD.count("select count(*) as n from jobs where cancel_requested_at is not null"))
        .isEqualTo(1);

    WORLD.ended("CANCELLED");
    WORLD.settle(schedule);
    assertThat(WORLD.states(schedule)).containsExactly("CANCELLED", "STARTED");
    assertThat(WORLD.jobs()).isEqualTo(2);
  }

  @Test
  void what_waits_starts_one_after_the_other() {
    Schedule schedule = everyMinute("'overlap':'BUFFER_ALL'");
    WORLD.passed(schedule, THREE_MINUTES);
    WORLD.fire(schedule);

    for (int i = 1; i <= 3; i++) {
      assertThat(WORLD.jobs()).isEqualTo(i);
      WORLD.ended("SUCCEEDED");
      WORLD.settle(schedule);
    }

    assertThat(WORLD.states(schedule)).containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
  }

  @Test
  void failures_in_a_row_pause_the_schedule_and_resuming_forgets_them() {
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL','pauseAfterFailures':2");
    for (String state : List.of("FAILED", "SUCCEEDED", "FAILED", "FAILED")) {
      WORLD.admin().sql("update schedule_firings set tick = tick - interval '1 hour'").update();
      assertThat(WORLD.get(schedule).state()).isEqualTo(ScheduleState.ACTIVE);
      WORLD.passed(schedule, Duration.ZERO);
      WORLD.fire(schedule);
      WORLD.ended(state);
      WORLD.settle(schedule);
    }

    Schedule paused = WORLD.get(schedule);
    assertThat(paused.state()).isEqualTo(ScheduleState.PAUSED);
    assertThat(paused.nextRunAt()).isNull();
    assertThat(paused.reason()).contains("2 jobs in a row failed");

    Schedule resumed = WORLD.in(() -> WORLD.control.resume(ScheduleWorld.CALLER, "a"));
    assertThat(resumed.state()).isEqualTo(ScheduleState.ACTIVE);
    assertThat(resumed.failures()).isZero();
    assertThat(resumed.nextRunAt()).isNotNull();
  }

  @Test
  void a_fixed_delay_begins_at_the_end_of_the_job() {
    Schedule schedule = WORLD.create("a", "'delay':'10m'");
    WORLD.passed(schedule, Duration.ZERO);
    WORLD.fire(schedule);
    assertThat(WORLD.get(schedule).nextRunAt()).isNull();
    assertThat(WORLD.get(schedule).state()).isEqualTo(ScheduleState.ACTIVE);

    WORLD.ended("SUCCEEDED");
    WORLD.settle(schedule);

    Instant ended = WORLD.firings(schedule).getFirst().endedAt();
    assertThat(WORLD.get(schedule).nextTick())
        .isEqualTo(Objects.requireNonNull(ended).plus(Duration.ofMinutes(10)));
  }

  @Test
  void a_single_time_ends_its_schedule() {
    Schedule schedule = WORLD.create("a", "'at':'%s'".formatted(Instant.now().plusSeconds(3600)));
    WORLD
        .admin()
        .sql(
            "update schedules set next_run_at = clock_timestamp(), next_tick = clock_timestamp() - interval '1 second'")
        .update();
    Instant tick = WORLD.get(schedule).nextTick();
    WORLD
        .admin()
        .sql(
            "update schedules set definition = jsonb_set(definition, '{at}', to_jsonb(cast(:at as text)))")
        .set("at", String.valueOf(tick))
        .update();

    WORLD.fire(schedule);

    assertThat(WORLD.states(schedule)).containsExactly("STARTED");
    assertThat(WORLD.get(schedule).state()).isEqualTo(ScheduleState.ENDED);
  }

  @Test
  void what_is_old_and_over_is_forgotten() {
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL'");
    WORLD.passed(schedule, Duration.ofMinutes(5));
    WORLD.fire(schedule);
    WORLD.ended("SUCCEEDED");
    WORLD.settle(schedule);
    String old =
        "update schedule_firings f set id = o.number, fired_at = fired_at - interval '91 days' from (select id, row_number() over (order by id) as number from schedule_firings) o where o.id = f.id and ";
    WORLD.admin().sql(old + "o.number in (1, 2, 3, 4)").update();
    WORLD.admin().sql("update schedule_firings set state = 'STARTED' where id = 2").update();
    WORLD
        .admin()
        .sql(
            "insert into backfills (id, tenant_id, schedule_id, state, from_at, to_at, cursor_at, concurrency, continue_on_failure, reprocess, total, created_by) values (7, 1, :schedule, 'RUNNING', now(), now() + interval '1 day', now(), 1, false, false, 1, 1)")
        .set("schedule", schedule.id())
        .update();
    WORLD.admin().sql("update schedule_firings set backfill_id = 7 where id = 3").update();

    assertThat(WORLD.forget(1)).isEqualTo(1);
    assertThat(WORLD.forget(10)).isEqualTo(1);
    assertThat(WORLD.forget(10)).isZero();

    assertThat(WORLD.firings(schedule)).extracting(Firing::id).startsWith(2L, 3L).hasSize(4);
    assertThat(WORLD.fire(schedule)).isZero();
  }

  @Test
  void a_freeze_holds_ticks_and_says_why() {
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL'");
    WORLD
        .admin()
        .sql(
            "insert into freezes (id, tenant_id, reason, who, from_at) values (1, null, 'upgrade', 'root', clock_timestamp() - interval '1 hour')")
        .execute();
    WORLD.passed(schedule, THREE_MINUTES);

    WORLD.fire(schedule);

    assertThat(WORLD.jobs()).isZero();
    assertThat(WORLD.firings(schedule))
        .allSatisfy(
            firing -> {
              assertThat(firing.state()).isEqualTo("SKIPPED");
              assertThat(firing.reason()).isEqualTo("frozen: upgrade");
            });
  }

  @Test
  void a_calendar_holds_ticks() {
    WORLD.in(
        () ->
            WORLD.calendars.put(
                ScheduleWorld.CALLER,
                "today",
                ScheduleWorld.json(
                    "{'dates':['%s']}".formatted(Instant.now().toString().substring(0, 10)))));
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL','calendars':{'exclude':['today']}");
    WORLD.passed(schedule, Duration.ofSeconds(30));

    WORLD.fire(schedule);

    assertThat(WORLD.states(schedule)).isEmpty();
    assertThat(WORLD.get(schedule).nextRunAt()).isNotNull();
    assertThatThrownBy(
            () ->
                WORLD.in(
                    () -> {
                      WORLD.calendars.delete(ScheduleWorld.CALLER, "today");
                      return 0;
                    }))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("named by the schedules a");
  }

  @Test
  void a_pool_that_takes_no_jobs_refuses_the_tick_and_the_schedule_goes_on() {
    Schedule schedule = everyMinute("");
    WORLD.passed(schedule, Duration.ZERO);

    WORLD.in(
        () -> {
          WORLD.firing.refuse(1, schedule.id(), "The pool is draining.");
          return 0;
        });

    assertThat(WORLD.firings(schedule).getFirst())
        .satisfies(
            firing -> {
              assertThat(firing.state()).isEqualTo("REFUSED");
              assertThat(firing.reason()).isEqualTo("The pool is draining.");
            });
    assertThat(WORLD.get(schedule).nextRunAt()).isAfter(Instant.now());
  }

  @Test
  void a_backfill_fires_what_was_not_fired_as_many_at_a_time_as_it_may() {
    Schedule schedule = everyMinute("'overlap':'ALLOW_ALL'");
    WORLD.passed(schedule, THREE_MINUTES);
    WORLD.fire(schedule);
    WORLD.ended("SUCCEEDED");
    WORLD.settle(schedule);
    Instant to = Instant.now().truncatedTo(ChronoUnit.MINUTES).plusMillis(1);
    Backfill backfill =
        WORLD.in(
            () ->
                WORLD.backfills.create(
                    ScheduleWorld.CALLER,
                    "a",
                    ScheduleWorld.json(
                        "{'from':'%s','to':'%s','concurrency':4}"
                            .formatted(to.minus(Duration.ofMinutes(10)), to))));
    int total = backfill.total();

    for (int round = 0; round < 20 && backfill.state().equals("RUNNING"); round++) {
      Backfill now = backfill;
      WORLD.in(
          () -> {
            WORLD.firing.backfill(1, now.id());
            return 0;
          });
      assertThat(openJobs()).isLessThanOrEqualTo(4);
      WORLD.ended("SUCCEEDED");
      backfill = WORLD.in(() -> WORLD.backfills.get(ScheduleWorld.CALLER, now.id()));
    }

    assertThat(backfill.state()).isEqualTo("SUCCEEDED");
    assertThat(backfill.skipped()).isEqualTo(3);
    assertThat(backfill.succeeded()).isEqualTo(total - 3);
    assertThat(WORLD.jobs()).isEqualTo(total);
  }

  private static long openJobs() {
    return WORLD.count("select count(*) as n from jobs where completed_at is null");
  }

  @Test
  void a_backfill_stops_at_a_failure_unless_told_otherwise() {
    everyMinute("");
    Instant to = Instant.now().minusSeconds(600);
    Backfill backfill =
        WORLD.in(
            () ->
                WORLD.backfills.create(
                    ScheduleWorld.CALLER,
                    "a",
                    ScheduleWorld.json(
                        "{'from':'%s','to':'%s'}".formatted(to.minusSeconds(300), to))));
    for (int i = 0; i < 2; i++) {
      WORLD.in(
          () -> {
            WORLD.firing.backfill(1, backfill.id());
            return 0;
          });
      WORLD.ended("FAILED");
    }

    Backfill after = WORLD.in(() -> WORLD.backfills.get(ScheduleWorld.CALLER, backfill.id()));
    assertThat(after.state()).isEqualTo("FAILED");
    assertThat(after.started()).isEqualTo(1);
  }

  @Test
  void putting_the_same_again_changes_nothing() {
    String body =
        "{'every':'5m','jitter':'10s','target':{'job':{'spec':{'command':['true'],'environment':{'B':'1','A':'2'}}}}}";
    Schedule first =
        WORLD
            .in(() -> WORLD.control.put(ScheduleWorld.CALLER, "p", ScheduleWorld.json(body), null))
            .schedule();

    Schedule second =
        WORLD
            .in(() -> WORLD.control.put(ScheduleWorld.CALLER, "p", ScheduleWorld.json(body), null))
            .schedule();

    assertThat(second).isEqualTo(first);
    Schedule patched =
        WORLD.in(
            () ->
                WORLD.control.patch(
                    ScheduleWorld.CALLER,
                    "p",
                    ScheduleWorld.json("{'every':null,'anchor':null,'cron':'@daily'}"),
                    1));
    assertThat(patched.version()).isEqualTo(2);
    assertThat(ScheduleDocument.text(patched.definition())).contains("\"cron\":\"@daily\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'cron':'0 0 30 2 *'                          | /cron              | no tick in the next four years
          'cron':'61 * * * *'                          | /cron              | as minute
          'cron':'* * * * *','every':'5m'              | /every             | together with cron
          'zone':'+01:00','cron':'@daily'              | /zone              | Europe/Berlin
          'zone':'Mars/Base','cron':'@daily'           | /zone              | is not a time zone
          'every':'10ms'                               | /every             | must be in
          'at':'2020-01-01T00:00:00Z'                  | /at                | no tick in the next four years
          'cron':'@daily','calendars':{'include':['x']}| /calendars/include/0 | there is no calendar x
          'cron':'@daily','tickVariable':'HODEI_X'     | /tickVariable      | is not the name of a variable
          'cron':'@daily','dst':{'gap':'MAYBE'}        | /dst/gap           | must be one of
          'cron':'@daily','colour':'red'               | /colour            | is not known here
          """)
  void what_is_wrong_is_said_with_its_place(String members, String pointer, String message) {
    assertThatThrownBy(() -> WORLD.create("bad", members))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
              assertThat(refusal.errors())
                  .anySatisfy(
                      error -> {
                        assertThat(error.pointer()).isEqualTo(pointer);
                        assertThat(error.message()).contains(message);
                      });
            });
    assertThat(WORLD.count("select count(*) as n from schedules")).isZero();
  }

  @Test
  void a_tick_starts_a_run_whose_end_is_the_end_of_the_firing() {
    PipelineTable.insert(
        WORLD.admin(),
        "{\"name\":\"nightly\",\"parameters\":[{\"name\":\"tick\",\"required\":true},{\"name\":\"n\",\"type\":\"number\"}],\"steps\":[{\"id\":\"a\",\"job\":{\"spec\":{\"executor\":\"noop\"}}}]}");
    Schedule schedule =
        WORLD.in(
            () ->
                WORLD.control.create(
                    ScheduleWorld.CALLER,
                    ScheduleWorld.json(
                        "{'name':'a','cron':'* * * * *','overlap':'BUFFER_ONE','tickVariable':'tick','target':{'pipeline':{'name':'nightly','parameters':{'n':3}}}}")));
    WORLD.passed(schedule, Duration.ofMinutes(1));
    assertThat(WORLD.fire(schedule)).isEqualTo(2);
    assertThat(WORLD.states(schedule)).containsExactly("STARTED", "BUFFERED");
    Firing first = WORLD.firings(schedule).getFirst();
    assertThat(first.runId()).isNotNull();
    assertThat(first.jobId()).isNull();
    assertThat(WORLD.runParameters(Objects.requireNonNull(first.runId())))
        .contains(first.tick().toString())
        .contains("3");

    WORLD.settle(schedule);
    assertThat(WORLD.states(schedule)).containsExactly("STARTED", "BUFFERED");
    WORLD.ended(Objects.requireNonNull(first.runId()));
    WORLD.settle(schedule);
    assertThat(WORLD.states(schedule)).containsExactly("CANCELLED", "STARTED");
  }

  @Test
  void a_later_tick_cancels_the_run_before_it() {
    PipelineTable.insert(
        WORLD.admin(), "{\"name\":\"long\",\"steps\":[{\"id\":\"a\",\"wait\":{\"for\":\"1h\"}}]}");
    Schedule schedule =
        WORLD.in(
            () ->
                WORLD.control.create(
                    ScheduleWorld.CALLER,
                    ScheduleWorld.json(
                        "{'name':'a','cron':'* * * * *','overlap':'TERMINATE_OTHER','target':{'pipeline':{'name':'long'}}}")));
    WORLD.passed(schedule, Duration.ZERO);
    WORLD.fire(schedule);
    WORLD.admin().sql("update schedule_firings set tick = tick - interval '1 hour'").update();
    WORLD.passed(schedule, Duration.ZERO);
    WORLD.fire(schedule);
    assertThat(WORLD.runStates()).containsExactly("CANCELLING", "RUNNING");
  }

  @Test
  void a_tick_makes_a_job_of_a_template() {
    WORLD.template(
        "{'name':'greet','parameters':[{'name':'who','required':true}],'job':{'spec':{'command':['echo','{{who}}']}}}");
    Schedule schedule =
        WORLD.in(
            () ->
                WORLD.control.create(
                    ScheduleWorld.CALLER,
                    ScheduleWorld.json(
                        "{'name':'a','cron':'* * * * *','target':{'template':{'name':'greet','parameters':{'who':'anna'}}}}")));
    WORLD.passed(schedule, Duration.ZERO);
    assertThat(WORLD.fire(schedule)).isEqualTo(1);
    assertThat(
            WORLD.count(
                "select count(*) as n from job_specs where document ->> 'command' like '%anna%'"))
        .isEqualTo(1);
  }

  @Test
  void a_target_that_is_no_job_is_refused_with_the_place_in_it() {
    assertThatThrownBy(
            () ->
                WORLD.in(
                    () ->
                        WORLD.control.create(
                            ScheduleWorld.CALLER,
                            ScheduleWorld.json(
                                "{'name':'x','cron':'@daily','target':{'job':{'spec':{},'availableAt':'2027-01-01T00:00:00Z'}}}"))))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal ->
                assertThat(refusal.errors())
                    .extracting("pointer")
                    .contains("/target/job/spec/command", "/target/job/availableAt"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'job':{'spec':{'executor':'noop'}},'pipeline':{'name':'p'}|/target",
        "'other':1|/target",
        "'pipeline':{'version':0}|/target/pipeline/name",
        "'template':{'name':'t','parameters':[]}|/target/template/parameters",
      })
  void a_target_is_one_thing(String target, String pointer) {
    assertThatThrownBy(() -> create(target))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal -> assertThat(refusal.errors()).extracting("pointer").contains(pointer));
  }

  @Test
  void a_target_that_could_not_start_is_refused() {
    assertThatThrownBy(() -> create("'pipeline':{'name':'nobody'}"))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("nobody");
    PipelineTable.insert(
        WORLD.admin(),
        "{\"name\":\"strict\",\"parameters\":[{\"name\":\"n\",\"type\":\"number\",\"required\":true}],\"steps\":[{\"id\":\"a\",\"job\":{\"spec\":{\"executor\":\"noop\"}}}]}");
    assertThatThrownBy(() -> create("'pipeline':{'name':'strict','parameters':{'m':1}}"))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal ->
                assertThat(refusal.errors())
                    .extracting("pointer")
                    .containsExactlyInAnyOrder(
                        "/target/pipeline/parameters/n", "/target/pipeline/parameters/m"));
    assertThat(WORLD.count("select count(*) as n from schedules")).isZero();
  }

  private static Schedule create(String target) {
    return WORLD.in(
        () ->
            WORLD.control.create(
                ScheduleWorld.CALLER,
                ScheduleWorld.json(
                    "{'name':'x','cron':'@daily','target':{%s}}".formatted(target))));
  }
}

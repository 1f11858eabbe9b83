package io.hodei.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.agents.boundary.PoolControl;
import io.hodei.dispatch.boundary.AttemptIntake;
import io.hodei.dispatch.entity.Intake;
import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.boundary.JobLookup;
import io.hodei.jobs.boundary.JobReports;
import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.boundary.SingleSubmits;
import io.hodei.jobs.entity.Attempt;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.jobs.entity.NewJob;
import io.hodei.jobs.entity.Priority;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.platform.DomainException;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.ErrorCode;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.Outcome;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Session beans as the container runs them: their transactions, roles and refusals. */
@Order(60)
@ExtendWith({OnOwnDatabase.class, ArquillianExtension.class})
class InContainerIT {
  /** A node that does not exist, so that no dispatcher meddles with its sessions. */
  private static final int NODE = 1000;

  private static final JobSpec SPEC =
      new JobSpec(
          "process",
          List.of("true"),
          null,
          Map.of(),
          new byte[0],
          null,
          null,
          Duration.ofSeconds(10),
          Timeouts.NONE,
          RetryPolicy.NONE,
          0);

  @Inject private JobSubmission submission;
  @Inject private SingleSubmits singles;
  @Inject private AttemptIntake intake;
  @Inject private JobLookup lookup;
  @Inject private JobClaims claims;
  @Inject private JobReports reports;
  @Inject private PoolControl pools;
  @Inject private EngineDatabase engine;

  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final long session = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  private final String pool = "pool" + session;
  private Caller caller = caller(0);

  /** The product without its resources and filters, which would refuse Arquillian's own servlet. */
  @Deployment
  static WebArchive product() {
    WebArchive archive =
        ShrinkWrap.create(ZipImporter.class, "in-container.war")
            .importFrom(Path.of("../payara-config/target/hodei.war").toFile())
            .as(WebArchive.class);
    List.copyOf(archive.getContent(path -> path.get().startsWith("/WEB-INF/classes/")).keySet())
        .forEach(archive::delete);
    return archive
        .addAsLibrary(
            Path.of(Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toFile())
        .addClass(OnOwnDatabase.class);
  }

  @AfterEach
  void no_threads_are_left() {
    threads.shutdownNow();
  }

  @BeforeEach
  void an_agent_with_a_live_session() {
    caller =
        caller(
            engine.sql("select id from tenants order by id limit 1").one(row -> row.number("id")));
    engine
        .sql("insert into pools (tenant_id, name) values (:tenant, :pool)")
        .set("tenant", caller.tenantId())
        .set("pool", pool)
        .update();
    engine
        .sql(
            """
            insert into agents (id, tenant_id, name, pools, executors, slots, agent_version, session_id)
            values (:id, :tenant, :pool, array[cast(:pool as text)], array['process'], 4, 'test', :id)
            """)
        .set("id", session)
        .set("tenant", caller.tenantId())
        .set("pool", pool)
        .update();
    engine
        .sql(
            """
            insert into agent_sessions (id, tenant_id, agent_id, secret_sha256, node_number, renewed_until)
            values (:id, :tenant, :id, '', :node, clock_timestamp() + interval '1 hour')
            """)
        .set("id", session)
        .set("tenant", caller.tenantId())
        .set("node", NODE)
        .update();
  }

  @Test
  void a_job_goes_to_one_session_and_its_result_is_taken_once() {
    long id = submission.submit(caller, job());
    assertThat(state(id)).isEqualTo(JobState.QUEUED);

    assertThat(claim(id)).extracting(LeasedJob::epoch).containsExactly(1);
    assertThat(claim(id)).isEmpty();
    assertThat(reports.started(session, List.of(new AttemptKey(id, 1)))).isEmpty();
    assertThat(state(id)).isEqualTo(JobState.RUNNING);
    assertThat(reports.ended(session, List.of(exit(id, 1, 0)))).isEmpty();
    assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);

    assertThat(reports.ended(session, List.of(exit(id, 1, 3))))
        .containsExactly(new AttemptKey(id, 1));
    assertThat(get(id).exitCode()).isZero();
    assertThat(claim(id)).isEmpty();
  }

  @Test
  void a_report_of_another_epoch_or_session_changes_nothing() {
    long id = submission.submit(caller, job());
    claim(id);
    reports.started(session, List.of(new AttemptKey(id, 1)));

    assertThat(reports.ended(session, List.of(exit(id, 2, 0)))).hasSize(1);
    assertThat(reports.ended(session, List.of(exit(id, 0, 0)))).hasSize(1);
    assertThat(reports.ended(session + 1, List.of(exit(id, 1, 0)))).hasSize(1);

    assertThat(state(id)).isEqualTo(JobState.RUNNING);
  }

  @Test
  void a_lost_attempt_spends_no_retry_and_comes_too_late() {
    long id = submission.submit(caller, job());
    claim(id);
    reports.started(session, List.of(new AttemptKey(id, 1)));

    assertThat(reports.lost(List.of(new HeldAttempt(session, id, 1, JobState.RUNNING)), "test"))
        .containsExactly(new AttemptKey(id, 1));

    assertThat(get(id).failures()).isZero();
    assertThat(get(id).losses()).isEqualTo(1);
    assertThat(claim(id)).extracting(LeasedJob::epoch).containsExactly(2);
    assertThat(reports.ended(session, List.of(exit(id, 1, 0))))
        .containsExactly(new AttemptKey(id, 1));
    assertThat(reports.ended(session, List.of(exit(id, 2, 1)))).isEmpty();
    assertThat(state(id)).isEqualTo(JobState.FAILED);
    assertThat(lookup.attempts(caller, id))
        .extracting(attempt -> attempt.state())
        .containsExactly("LOST", "FAILED");
  }

  @Test
  void terminal_is_terminal_for_the_database_too() {
    long id = submission.submit(caller, job());
    claim(id);
    reports.ended(session, List.of(exit(id, 1, 0)));

    assertThatThrownBy(
            () ->
                engine
                    .sql("update jobs set state = 'QUEUED', completed_at = null where id = :id")
                    .set("id", id)
                    .update())
        .hasStackTraceContaining("cannot go from SUCCEEDED to QUEUED");
    assertThat(state(id)).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void another_tenant_sees_nothing() {
    long id = submission.submit(caller, job());
    Caller stranger = caller(caller.tenantId() + 1);

    assertThatThrownBy(() -> lookup.get(stranger, id))
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    assertThat(lookup.list(stranger, JobFilter.ALL, 0, 50).items()).isEmpty();
    assertThat(lookup.getAll(stranger, new long[] {id})).isEmpty();
    assertThat(pools.list(stranger)).isEmpty();
  }

  @Test
  void a_paused_pool_gives_nothing_away() {
    long id = submission.submit(caller, job());

    pools.pause(caller, pool, "test");
    assertThat(claim(id)).isEmpty();
    pools.resume(caller, pool);

    assertThat(claim(id)).hasSize(1);
  }

  @Test
  void a_session_that_ran_out_or_ended_gets_nothing() {
    long id = submission.submit(caller, job());

    renewed("clock_timestamp() - interval '1 millisecond'");
    assertThat(claim(id)).isEmpty();
    renewed("clock_timestamp() + interval '1 hour'");

    assertThat(claim(id)).hasSize(1);
  }

  @Test
  void jobs_of_one_call_are_made_together_or_not_at_all() {
    NewJob broken = new NewJob("bad", SPEC, "no pool!", Map.of(), Priority.NORMAL, Map.of(), null);

    assertThatThrownBy(() -> submission.submit(caller, List.of(job(), broken))).isNotNull();

    JobFilter ofPool =
        new JobFilter(java.util.Set.of(), null, List.of(), pool, null, null, null, null);
    assertThat(lookup.list(caller, ofPool, 0, 50).items()).isEmpty();
  }

  @Test
  void jobs_submitted_at_the_same_time_share_transactions_and_keep_their_answers() {
    List<String> names = IntStream.range(0, 200).mapToObj(i -> "together-" + i).toList();

    List<Job> made = together(names.stream().map(name -> job(name, pool)).toList());

    assertThat(made).extracting(Job::name).containsExactlyElementsOf(names);
    assertThat(made)
        .allSatisfy(job -> assertThat(job).usingRecursiveComparison().isEqualTo(current(job.id())));
    int transactions =
        engine
            .sql(
                "select cast(count(distinct created_at) as integer) as n from jobs where name like 'together-%' and tenant_id = :tenant")
            .set("tenant", caller.tenantId())
            .one(row -> row.integer("n"));
    assertThat(transactions).isLessThan(150);
  }

  @Test
  void a_refused_job_takes_no_other_with_it() {
    pools.drain(caller, pool, "test");

    List<CompletableFuture<Job>> answers =
        IntStream.range(0, 60)
            .mapToObj(i -> job("mixed-" + i, i % 2 == 0 ? pool : "default"))
            .map(job -> CompletableFuture.supplyAsync(() -> singles.submit(caller, job), threads))
            .toList();

    for (int i = 0; i < answers.size(); i++) {
      if (i % 2 == 0) {
        assertThat(answers.get(i))
            .failsWithin(Duration.ofSeconds(20))
            .withThrowableThat()
            .withMessageContaining("draining");
      } else {
        assertThat(answers.get(i)).succeedsWithin(Duration.ofSeconds(20));
      }
    }
  }

  @Test
  void a_start_and_an_end_reported_together_are_one_transition_with_the_whole_history() {
    long id = submission.submit(caller, job());
    claim(id);

    Intake.Result result =
        intake.take(
            session, new Intake(List.of(new AttemptKey(id, 1)), List.of(), List.of(finished(id))));

    assertThat(result.ended()).containsExactly(new AttemptKey(id, 1));
    assertThat(result.stale()).isEmpty();
    assertThat(get(id).startedAt()).isNotNull();
    assertThat(lookup.attempts(caller, id)).extracting(Attempt::startedAt).doesNotContainNull();
    assertThat(topics(id)).containsExactly("job.created", "job.leased", "job.started", "job.ended");
  }

  @Test
  void a_start_that_is_reported_again_with_the_end_is_told_once() {
    long id = submission.submit(caller, job());
    claim(id);
    List<AttemptKey> started = List.of(new AttemptKey(id, 1));
    intake.take(session, new Intake(started, List.of(), List.of()));
    Instant startedAt = get(id).startedAt();

    intake.take(session, new Intake(started, List.of(), List.of(finished(id))));

    assertThat(get(id).startedAt()).isEqualTo(startedAt);
    assertThat(topics(id)).containsExactly("job.created", "job.leased", "job.started", "job.ended");
  }

  private List<String> topics(long id) {
    return engine
        .sql(
            """
            select topic from outbox
             where cast(items as jsonb) @> jsonb_build_array(jsonb_build_object('job', cast(:job as bigint)))
             order by id
            """)
        .set("job", id)
        .list(row -> row.text("topic"));
  }

  @Test
  void the_statements_of_the_engine_are_planned_once_per_connection() {
    String mode =
        engine
            .sql("select current_setting('plan_cache_mode') as mode")
            .one(row -> row.text("mode"));
    assertThat(mode).isEqualTo("force_generic_plan");
  }

  private List<Job> together(List<NewJob> jobs) {
    return jobs.stream()
        .map(job -> CompletableFuture.supplyAsync(() -> singles.submit(caller, job), threads))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private static Finished finished(long id) {
    return Finished.newBuilder()
        .setJobId(id)
        .setEpoch(1)
        .setOutcome(Outcome.EXITED)
        .setCpuMicros(-1)
        .setPeakMemoryBytes(-1)
        .build();
  }

  private Job current(long id) {
    return lookup.current(caller, id);
  }

  private void renewed(String until) {
    engine
        .sql("update agent_sessions set renewed_until = " + until + " where id = :id")
        .set("id", session)
        .update();
  }

  private List<LeasedJob> claim(long id) {
    return claims.claim(NODE, new long[] {id}, new long[] {session});
  }

  private JobState state(long id) {
    return get(id).state();
  }

  private Job get(long id) {
    return lookup.get(caller, id);
  }

  private NewJob job() {
    return job("test", pool);
  }

  private static NewJob job(String name, String pool) {
    return new NewJob(name, SPEC, pool, Map.of(), Priority.NORMAL, Map.of("a", "b"), null);
  }

  private static EndReport exit(long id, int epoch, int code) {
    return new EndReport(id, epoch, false, EndReport.Outcome.EXITED, code, 0, "", -1, -1, true, "");
  }

  private static Caller caller(long tenant) {
    return new Caller(tenant, "test", 1, "test", Role.ADMIN, Role.ADMIN.permissions());
  }
}

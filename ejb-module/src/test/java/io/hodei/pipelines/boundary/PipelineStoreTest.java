package io.hodei.pipelines.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.pipelines.control.PipelineRows;
import io.hodei.pipelines.entity.AppliedPipeline;
import io.hodei.pipelines.entity.AppliedPipeline.Outcome;
import io.hodei.pipelines.entity.PipelineChange;
import io.hodei.pipelines.entity.PipelineDeleting;
import io.hodei.pipelines.entity.PipelineDocument;
import io.hodei.pipelines.entity.PipelineFilter;
import io.hodei.pipelines.entity.PipelineFilter.LabelMatch;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.pipelines.entity.PipelineVersion.SourceType;
import io.hodei.pipelines.entity.PipelineView;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Ids;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.security.control.AuditChain;
import io.hodei.security.control.SecurityRepository;
import io.hodei.testing.Heard;
import io.hodei.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PipelineStoreTest {
  private static TestDatabase database;
  private static final Ids IDS = new Ids();

  private final PipelineRows rows = new PipelineRows();
  private final Heard<PipelineDeleting> deleting = new Heard<>();
  private final Caller caller = tenant();

  @BeforeAll
  static void migrate() {
    database = TestDatabase.create();
  }

  private static Caller tenant() {
    IDS.assign(1, Duration.ofMinutes(10));
    long id = IDS.next();
    database
        .engineTransactions()
        .inTransaction(
            () -> {
              long made =
                  new SecurityRepository(database.engine()).insertTenant(id, "t-" + id).id();
              AuditChain.open(database.engine(), made);
              return made;
            });
    return new Caller(id, "t", IDS.next(), "anna", Role.ADMIN, Set.of());
  }

  private static PipelineDocument document(String name, String rest) {
    String yaml = "name: %s\n%s".formatted(name, rest);
    return PipelineInput.check(yaml.getBytes(StandardCharsets.UTF_8), SourceType.YAML, false);
  }

  private static PipelineDocument waiting(String name, String duration) {
    return document(
        name, "labels: {team: x}\nsteps:\n- {id: a, wait: {for: %s}}\n".formatted(duration));
  }

  private <T> T in(Supplier<T> work) {
    return database.tenantTransactions().inTransaction(work);
  }

  private AppliedPipeline apply(PipelineDocument document, @Nullable Integer expected) {
    return in(
        () ->
            new PipelineControl(database.tenants(), rows, IDS, deleting)
                .apply(caller, document, expected));
  }

  private PipelineLookup lookup() {
    return new PipelineLookup(database.tenants(), rows);
  }

  @Test
  void each_content_is_one_version_and_going_back_makes_none() {
    assertThat(apply(waiting("p", "1s"), null).outcome()).isEqualTo(Outcome.CREATED);
    assertThat(apply(waiting("p", "1s"), null).outcome()).isEqualTo(Outcome.UNCHANGED);
    AppliedPipeline second = apply(waiting("p", "2s"), null);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.changes())
        .containsExactly(
            new PipelineChange(
                PipelineChange.Kind.CHANGED,
                "steps/a",
                List.of(" - id: a", "   wait:", "-    for: \"1s\"", "+    for: \"2s\"")));
    AppliedPipeline back = apply(waiting("p", "1s"), null);
    assertThat(back.number()).isEqualTo(1);
    PipelineView now = in(() -> lookup().get(caller, "p"));
    assertThat(now.current()).isEqualTo(1);
    assertThat(now.newest()).isEqualTo(2);
    assertThat(now.version()).isEqualTo(3);
    List<PipelineVersion> versions = in(() -> lookup().versions(caller, "p", 0, 10));
    assertThat(versions).extracting(PipelineVersion::number).containsExactly(2, 1);
    assertThat(versions).extracting(PipelineVersion::current).containsExactly(false, true);
    assertThat(apply(waiting("p", "3s"), null).number()).isEqualTo(3);
  }

  @Test
  void planning_changes_nothing() {
    PipelineControl control = new PipelineControl(database.tenants(), rows, IDS, deleting);
    assertThat(in(() -> control.plan(caller, waiting("q", "1s"))).outcome())
        .isEqualTo(Outcome.CREATED);
    assertThatThrownBy(() -> in(() -> lookup().get(caller, "q")))
        .isInstanceOf(DomainException.class);
    apply(waiting("q", "1s"), null);
    AppliedPipeline plan = in(() -> control.plan(caller, waiting("q", "2s")));
    assertThat(plan.outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(plan.number()).isEqualTo(2);
    assertThat(in(() -> lookup().get(caller, "q")).current()).isEqualTo(1);
  }

  @Test
  void who_changes_an_old_copy_is_told() {
    apply(waiting("s", "1s"), null);
    apply(waiting("s", "2s"), 1);
    assertThatThrownBy(() -> apply(waiting("s", "3s"), 1))
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE));
    assertThatThrownBy(() -> apply(waiting("none", "3s"), 1)).isInstanceOf(DomainException.class);
  }

  @Test
  void lists_are_filtered_and_other_tenants_see_nothing() {
    apply(waiting("l-one", "1s"), null);
    apply(document("l-two", "executor: noop\nsteps: [{id: a, wait: {for: 1s}}]"), null);
    assertThat(names(new PipelineFilter("l-*", null, List.of()))).containsExactly("l-two", "l-one");
    assertThat(names(new PipelineFilter("l-one", null, List.of()))).containsExactly("l-one");
    assertThat(names(new PipelineFilter(null, "noop", List.of()))).containsExactly("l-two");
    assertThat(names(new PipelineFilter(null, null, List.of(new LabelMatch("team", null)))))
        .containsExactly("l-one");
    assertThat(names(new PipelineFilter(null, null, List.of(new LabelMatch("team", "y")))))
        .isEmpty();
    Caller other = tenant();
    assertThat(in(() -> lookup().list(other, new PipelineFilter(null, null, List.of()), 0, 10)))
        .isEmpty();
  }

  private List<String> names(PipelineFilter filter) {
    return in(() -> lookup().list(caller, filter, 0, 10)).stream().map(PipelineView::name).toList();
  }

  @Test
  void a_version_is_compiled_once_for_its_tenant_only() {
    apply(waiting("c", "1s"), null);
    long version = in(() -> lookup().get(caller, "c")).currentId();
    CompiledPipelines compiled = new CompiledPipelines(rows);
    CompiledPipeline first =
        in(
            () ->
                compiled.get(database.tenants().in(caller.tenantId()), caller.tenantId(), version));
    assertThat(first.pipeline().name()).isEqualTo("c");
    assertThat(compiled.get(database.engine(), caller.tenantId(), version)).isSameAs(first);
    Caller other = tenant();
    assertThatThrownBy(
            () ->
                in(
                    () ->
                        compiled.get(
                            database.tenants().in(other.tenantId()), other.tenantId(), version)))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void others_hear_of_a_deletion_and_may_refuse_it() {
    apply(waiting("d", "1s"), null);
    in(
        () -> {
          new PipelineControl(database.tenants(), rows, IDS, deleting).delete(caller, "d", null);
          return true;
        });
    assertThat(deleting.events()).extracting(PipelineDeleting::name).containsExactly("d");
    assertThatThrownBy(() -> in(() -> lookup().get(caller, "d")))
        .isInstanceOf(DomainException.class);
  }
}

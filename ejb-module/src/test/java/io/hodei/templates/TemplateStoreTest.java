package io.hodei.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Ids;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.templates.boundary.TemplateControl;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.boundary.TemplateJobs;
import io.hodei.templates.boundary.TemplateLookup;
import io.hodei.templates.boundary.Templates;
import io.hodei.templates.boundary.Tools;
import io.hodei.templates.control.TemplateRows;
import io.hodei.templates.control.ToolRows;
import io.hodei.templates.entity.AppliedTemplate;
import io.hodei.templates.entity.AppliedTemplate.Outcome;
import io.hodei.templates.entity.ExportedTemplate;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Template;
import io.hodei.templates.entity.TemplateFilter;
import io.hodei.templates.entity.TemplateRun;
import io.hodei.templates.entity.TemplateView;
import io.hodei.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates in a database like that of production. */
class TemplateStoreTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Caller A = caller(1);
  private static final Caller B = caller(2);
  private static final int ROWS = 50_000;

  private final Ids ids = new Ids();
  private final TemplateRows rows = new TemplateRows();
  private final TemplateControl control = new TemplateControl(DATABASE.tenants(), rows, ids);
  private final TemplateLookup lookup = new TemplateLookup(DATABASE.tenants(), rows);
  private final ToolRows toolRows = new ToolRows();
  private final Tools tools = new Tools(DATABASE.tenants(), toolRows);
  private final Templates templates =
      new Templates(DATABASE.tenants(), new TemplateJobs(rows, toolRows));

  private static Caller caller(long tenant) {
    return new Caller(tenant, "t" + tenant, 7, "anna", Role.ADMIN, Set.of());
  }

  @BeforeAll
  static void tenants() {
    Database admin = DATABASE.admin();
    admin
        .sql("insert into tenants (id, name) values (1, 'a'), (2, 'b'), (3, 'small'), (4, 'many')")
        .execute();
  }

  @BeforeEach
  void empty() {
    ids.assign(1, Duration.ofMinutes(10));
    DATABASE.admin().sql("delete from templates where tenant_id < 3").execute();
    DATABASE.admin().sql("delete from tools").execute();
    DATABASE.admin().sql("delete from outbox").execute();
  }

  private static <T> T in(Supplier<T> work) {
    return DATABASE.tenantTransactions().inTransaction(work);
  }

  private static Template template(String name, String title, String... tags) {
    return TemplateInput.document(
        Kind.TEMPLATE,
        json(
            "{\"name\":\"%s\",\"title\":\"%s\",\"tags\":[%s],\"job\":{\"spec\":{\"shell\":\"echo %s\"}}}"
                .formatted(
                    name,
                    title,
                    String.join(",", List.of(tags).stream().map(t -> "\"" + t + "\"").toList()),
                    name)),
        null);
  }

  private static Template prompt(String name, String content) {
    return TemplateInput.document(
        Kind.PROMPT,
        json("{\"name\":\"%s\",\"tool\":\"llm\",\"content\":\"%s\"}".formatted(name, content)),
        null);
  }

  private static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private AppliedTemplate apply(Template template) {
    return in(() -> control.apply(A, template, null));
  }

  private List<String> names(Caller caller, Kind kind, TemplateFilter filter) {
    return in(() -> lookup.list(caller, kind, filter, 0, 100)).stream()
        .map(TemplateView::name)
        .toList();
  }

  @Test
  void the_same_content_makes_no_new_version() {
    assertThat(apply(template("x", "one"))).isEqualTo(new AppliedTemplate("x", Outcome.CREATED, 1));
    assertThat(apply(template("x", "one")))
        .isEqualTo(new AppliedTemplate("x", Outcome.UNCHANGED, 1));
    assertThat(apply(template("x", "two"))).isEqualTo(new AppliedTemplate("x", Outcome.UPDATED, 2));
    assertThat(in(() -> control.unchanged(A, template("x", "two")))).isPresent();
    assertThat(in(() -> control.unchanged(A, template("x", "one")))).isEmpty();
    assertThat(in(() -> lookup.versions(A, Kind.TEMPLATE, "x", 0, 10))).hasSize(2);
    assertThat(in(() -> lookup.diff(A, Kind.TEMPLATE, "x", 1, 2)))
        .contains("-  \"title\": \"one\",", "+  \"title\": \"two\",");
    assertThat(
            DATABASE
                .admin()
                .sql("select topic from outbox order by id")
                .list(row -> row.text("topic")))
        .containsExactly("template.created", "template.updated");
  }

  @Test
  void a_change_of_what_others_have_changed_is_refused() {
    apply(template("x", "one"));
    apply(template("x", "two"));

    assertThatThrownBy(() -> in(() -> control.apply(A, template("x", "three"), 1)))
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE));
    assertThatThrownBy(() -> in(() -> control.apply(A, template("new", "n"), 1)))
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE));
    assertThat(in(() -> control.apply(A, template("x", "three"), 2)).version()).isEqualTo(3);
  }

  @Test
  void a_thousand_go_in_with_one_call_and_come_out_as_they_were() {
    List<Template> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(template("t" + i, "number " + i, "tag" + i % 10));
    }
    apply(template("t5", "another"));
    apply(many.get(6));
    List<AppliedTemplate> applied = in(() -> control.applyAll(A, Kind.TEMPLATE, many));

    assertThat(applied).extracting(AppliedTemplate::name).startsWith("t0", "t1");
    assertThat(applied.get(5).outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(applied.get(6).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(applied).filteredOn(each -> each.outcome() == Outcome.CREATED).hasSize(998);
    List<String> exported = export();
    in(() -> control.applyAll(A, Kind.TEMPLATE, exported.stream().map(this::read).toList()))
        .forEach(each -> assertThat(each.outcome()).isEqualTo(Outcome.UNCHANGED));
    DATABASE.admin().sql("delete from templates where tenant_id < 3").execute();
    in(() -> control.applyAll(A, Kind.TEMPLATE, exported.stream().map(this::read).toList()));
    assertThat(export()).isEqualTo(exported);
  }

  private Template read(String document) {
    return TemplateInput.document(Kind.TEMPLATE, json(document), null);
  }

  private List<String> export() {
    return in(() -> lookup.export(A, Kind.TEMPLATE, "", 0, 2_000)).stream()
        .map(ExportedTemplate::document)
        .toList();
  }

  @Test
  void tags_words_and_names_find_what_has_all_of_them() {
    apply(template("backup", "Saves the database", "db", "nightly"));
    apply(template("restore", "Brings the database back", "db"));
    apply(prompt("backup", "Describe the database"));

    assertThat(names(A, Kind.TEMPLATE, new TemplateFilter(null, List.of(), null)))
        .containsExactly("restore", "backup");
    assertThat(names(A, Kind.TEMPLATE, new TemplateFilter("back*", List.of(), null)))
        .containsExactly("backup");
    assertThat(names(A, Kind.TEMPLATE, new TemplateFilter(null, List.of("db", "nightly"), null)))
        .containsExactly("backup");
    assertThat(names(A, Kind.TEMPLATE, new TemplateFilter(null, List.of("db"), "DATABASE back")))
        .containsExactly("restore");
    assertThat(names(A, Kind.PROMPT, new TemplateFilter(null, List.of(), "describe")))
        .containsExactly("backup");
    assertThat(names(A, Kind.TEMPLATE, new TemplateFilter(null, List.of(), "describe & | ! (")))
        .isEmpty();
  }

  @Test
  void another_tenant_sees_nothing() {
    apply(template("x", "secret", "db"));
    in(() -> tools.put(A, new NewTool("llm", List.of("cat"), Map.of(), null, Map.of())));

    for (TemplateFilter filter :
        List.of(
            new TemplateFilter(null, List.of(), null),
            new TemplateFilter(null, List.of("db"), null),
            new TemplateFilter(null, List.of(), "secret"))) {
      assertThat(names(B, Kind.TEMPLATE, filter)).isEmpty();
    }
    assertThatThrownBy(() -> in(() -> lookup.get(B, Kind.TEMPLATE, "x")))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> in(() -> lookup.version(B, Kind.TEMPLATE, "x", 1)))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(
            () ->
                in(
                    () -> {
                      control.delete(B, Kind.TEMPLATE, "x", null);
                      return true;
                    }))
        .isInstanceOf(DomainException.class);
    assertThat(in(() -> lookup.export(B, Kind.TEMPLATE, "", 0, 10))).isEmpty();
    assertThat(in(() -> tools.list(B))).isEmpty();
  }

  @Test
  void a_prompt_runs_when_its_tool_is_there() {
    apply(prompt("p", "hello"));

    assertThatThrownBy(() -> in(() -> templates.preview(A, Kind.PROMPT, "p", run())))
        .hasMessageContaining("the tool llm")
        .hasMessageContaining("hodei tool set llm");
    in(() -> tools.put(A, new NewTool("llm", List.of("cat"), Map.of(), "gpu", Map.of())));
    assertThat(in(() -> templates.fill(A, Kind.PROMPT, "p", run())))
        .satisfies(
            job -> {
              assertThat(new String(job.spec().stdin(), StandardCharsets.UTF_8)).isEqualTo("hello");
              assertThat(job.pool()).isEqualTo("gpu");
              assertThat(job.labels()).containsEntry("hodei.prompt", "p");
            });
  }

  private static TemplateRun run() {
    return TemplateRun.of(null, Map.of());
  }

  @Test
  void an_older_version_can_still_be_run() {
    apply(template("x", "one"));
    apply(
        TemplateInput.document(
            Kind.TEMPLATE, json("{\"name\":\"x\",\"job\":{\"spec\":{\"shell\":\"new\"}}}"), null));

    assertThat(
            in(() -> templates.fill(A, Kind.TEMPLATE, "x", TemplateRun.of(1, Map.of())))
                .spec()
                .shell())
        .isEqualTo("echo x");
    assertThat(
            in(() -> templates.fill(A, Kind.TEMPLATE, "x", TemplateRun.of(null, Map.of())))
                .labels())
        .containsEntry("hodei.template", "x")
        .containsEntry("hodei.templateVersion", "2");
    assertThatThrownBy(
            () -> in(() -> templates.fill(A, Kind.TEMPLATE, "x", TemplateRun.of(3, Map.of()))))
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void rare_tags_and_words_are_found_by_an_index() {
    DATABASE
        .admin()
        .sql(
            """
            insert into templates (id, tenant_id, kind, name, title, tags, newest, search)
            select n, case when n %% 500 = 0 then 3 else 4 end, 'TEMPLATE', 't' || n, 't', array['common', 'tag' || n], 1, to_tsvector('simple', 'common word' || n)
              from generate_series(1, %d) as s(n)
            """
                .formatted(ROWS))
        .execute();
    DATABASE.admin().sql("analyze templates").execute();
    assertThat(scans("idx_prompts_tags", 4, new TemplateFilter(null, List.of("tag80"), null)))
        .isEqualTo(1);
    assertThat(scans("idx_prompts_search", 4, new TemplateFilter(null, List.of(), "word80")))
        .isEqualTo(1);
    assertThat(scans("idx_prompts_created_at", 3, new TemplateFilter(null, List.of(), null)))
        .isEqualTo(1);
  }

  /** How often an index was used for something, as its server counts. */
  private long scans(String index, long tenant, TemplateFilter filter) {
    long before = count(index);
    in(
        () -> {
          assertThat(lookup.list(caller(tenant), Kind.TEMPLATE, filter, 0, 50)).isNotEmpty();
          return DATABASE
              .tenants()
              .in(tenant)
              .sql("select pg_stat_force_next_flush() is null")
              .list(row -> true);
        });
    return count(index) - before;
  }

  private static long count(String index) {
    return DATABASE
        .admin()
        .sql("select idx_scan from pg_stat_user_indexes where indexrelname = :index")
        .set("index", index)
        .one(row -> row.number("idx_scan"));
  }
}

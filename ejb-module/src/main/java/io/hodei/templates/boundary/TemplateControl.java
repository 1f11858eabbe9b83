package io.hodei.templates.boundary;

import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Ids;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import io.hodei.templates.control.TemplateRows;
import io.hodei.templates.control.TemplateRows.Locked;
import io.hodei.templates.control.TemplateRows.Numbered;
import io.hodei.templates.entity.AppliedTemplate;
import io.hodei.templates.entity.AppliedTemplate.Outcome;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.Template;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores templates and prompts. What is the same as the newest version makes no new one. */
@Stateless
public class TemplateControl {
  private final TenantDatabase databases;
  private final TemplateRows rows;
  private final Ids ids;

  @Inject
  public TemplateControl(TenantDatabase databases, TemplateRows rows, Ids ids) {
    this.databases = databases;
    this.rows = rows;
    this.ids = ids;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected TemplateControl() {
    this(null, null, null);
  }

  /**
   * Stores one.
   *
   * @param expected the version that the caller has read; null: whatever it is
   * @throws DomainException STALE
   */
  public AppliedTemplate apply(Caller caller, Template template, @Nullable Integer expected) {
    Database database = databases.in(caller.tenantId());
    if (expected != null) {
      Locked locked =
          rows.lock(database, caller.tenantId(), template.kind(), List.of(template.name()))
              .get(template.name());
      refuseStale(template.kind(), template.name(), locked, expected);
    }
    return store(database, caller, template.kind(), List.of(template)).getFirst();
  }

  /**
   * Stores all of these in a few statements; answers what became of each, in the same order.
   *
   * @param templates of one kind, at most {@link TemplateInput#MOST_AT_ONCE}, no name twice
   */
  public List<AppliedTemplate> applyAll(Caller caller, Kind kind, List<Template> templates) {
    return templates.isEmpty()
        ? List.of()
        : store(databases.in(caller.tenantId()), caller, kind, templates);
  }

  /** What {@link #apply} would answer if it had nothing to do; empty when it had. */
  public Optional<AppliedTemplate> unchanged(Caller caller, Template template) {
    return rows.version(
            databases.in(caller.tenantId()), caller.tenantId(), template.kind(), template.name(), 0)
        .filter(version -> version.document().equals(template.canonical()))
        .map(version -> new AppliedTemplate(template.name(), Outcome.UNCHANGED, version.number()));
  }

  /**
   * Deletes one with all its versions. Jobs that were made from it stay.
   *
   * @param expected the version that the caller has read; null: whatever it is
   * @throws DomainException NOT_FOUND, STALE
   */
  public void delete(Caller caller, Kind kind, String name, @Nullable Integer expected) {
    Database database = databases.in(caller.tenantId());
    Locked locked = rows.lock(database, caller.tenantId(), kind, List.of(name)).get(name);
    if (locked == null) {
      throw DomainException.notFound(kind.noun(), name);
    }
    refuseStale(kind, name, locked, expected);
    rows.delete(database, caller.tenantId(), kind, locked);
  }

  private List<AppliedTemplate> store(
      Database database, Caller caller, Kind kind, List<Template> templates) {
    List<String> names = templates.stream().map(Template::name).toList();
    Map<String, Locked> there = rows.lock(database, caller.tenantId(), kind, names);
    List<Numbered> created = create(database, caller, kind, templates, there);
    if (created.size() + there.size() < templates.size()) {
      // Somebody made one of them at the same moment, and has committed by now.
      there = rows.lock(database, caller.tenantId(), kind, names);
    }
    Map<String, AppliedTemplate> results = new HashMap<>();
    List<Numbered> news = new ArrayList<>(created);
    created.forEach(each -> put(results, each, Outcome.CREATED));
    List<Numbered> updated = new ArrayList<>();
    for (Template template : templates) {
      Locked before = there.get(template.name());
      if (results.containsKey(template.name()) || before == null) {
        continue;
      }
      boolean same = before.digest().equals(TemplateRows.digest(template.canonical()));
      int number = same ? before.newest() : before.newest() + 1;
      Numbered numbered = new Numbered(before.id(), number, template);
      put(results, numbered, same ? Outcome.UNCHANGED : Outcome.UPDATED);
      if (!same) {
        updated.add(numbered);
      }
    }
    news.addAll(updated);
    write(database, caller, kind, news, updated, results);
    return templates.stream().map(template -> result(results, template)).toList();
  }

  private void write(
      Database database,
      Caller caller,
      Kind kind,
      List<Numbered> news,
      List<Numbered> updated,
      Map<String, AppliedTemplate> results) {
    if (news.isEmpty()) {
      return;
    }
    rows.addVersions(database, caller.tenantId(), caller.name(), news);
    if (!updated.isEmpty()) {
      rows.change(database, caller.tenantId(), updated);
    }
    rows.tell(
        database,
        caller.tenantId(),
        kind,
        results.values().stream().filter(each -> each.outcome() != Outcome.UNCHANGED).toList());
  }

  private List<Numbered> create(
      Database database,
      Caller caller,
      Kind kind,
      List<Template> templates,
      Map<String, Locked> there) {
    List<Numbered> missing = new ArrayList<>();
    for (Template template : templates) {
      if (!there.containsKey(template.name())) {
        missing.add(new Numbered(ids.next(), 1, template));
      }
    }
    if (missing.isEmpty()) {
      return missing;
    }
    Set<String> made = rows.create(database, caller.tenantId(), kind, missing);
    return missing.stream().filter(each -> made.contains(each.template().name())).toList();
  }

  private static void put(
      Map<String, AppliedTemplate> results, Numbered numbered, Outcome outcome) {
    String name = numbered.template().name();
    results.put(name, new AppliedTemplate(name, outcome, numbered.number()));
  }

  private static AppliedTemplate result(Map<String, AppliedTemplate> results, Template template) {
    AppliedTemplate result = results.get(template.name());
    if (result == null) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "The %s %s was made and deleted by others at the same moment. Nothing was stored; send it again."
              .formatted(template.kind().noun(), template.name()));
    }
    return result;
  }

  private static void refuseStale(
      Kind kind, String name, @Nullable Locked locked, @Nullable Integer expected) {
    if (expected != null && (locked == null || locked.newest() != expected)) {
      throw new DomainException(
          ErrorCode.STALE,
          "The %s %s is not at version %d any more. Read it again and repeat the change."
              .formatted(kind.noun(), name, expected));
    }
  }
}

package io.hodei.pipelines.boundary;

import io.hodei.pipelines.control.Difference;
import io.hodei.pipelines.control.PipelineRows;
import io.hodei.pipelines.control.PipelineRows.Known;
import io.hodei.pipelines.control.PipelineRows.Locked;
import io.hodei.pipelines.entity.AppliedPipeline;
import io.hodei.pipelines.entity.AppliedPipeline.Outcome;
import io.hodei.pipelines.entity.PipelineChange;
import io.hodei.pipelines.entity.PipelineDeleting;
import io.hodei.pipelines.entity.PipelineDocument;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Ids;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores what was checked: each content of a pipeline once, and which one is current. */
@Stateless
public class PipelineControl {
  private final TenantDatabase databases;
  private final PipelineRows rows;
  private final Ids ids;
  private final Event<PipelineDeleting> deleting;

  @Inject
  public PipelineControl(
      TenantDatabase databases, PipelineRows rows, Ids ids, Event<PipelineDeleting> deleting) {
    this.databases = databases;
    this.rows = rows;
    this.ids = ids;
    this.deleting = deleting;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected PipelineControl() {
    this(null, null, null, null);
  }

  /**
   * Makes a document the current version of the pipeline of its name. A content that the pipeline
   * had before becomes current again under its number; one that is current already changes nothing.
   *
   * @param expected the version of the resource that is replaced; null: whatever it is
   * @throws DomainException STALE when it is another
   */
  public AppliedPipeline apply(
      Caller caller, PipelineDocument document, @Nullable Integer expected) {
    Database database = databases.in(caller.tenantId());
    if (expected == null) {
      Known first = new Known(ids.next(), 1);
      long id = ids.next();
      if (rows.create(database, caller.tenantId(), id, document, first.id())) {
        rows.addVersion(database, caller.tenantId(), id, first, document, caller.name());
        return done(database, caller, document, Outcome.CREATED, id, 1, changes("", document));
      }
    }
    Locked before = lock(database, caller, document, expected);
    String old = canonical(database, caller, before);
    if (old.equals(document.canonical())) {
      return shown(database, caller, document, Outcome.UNCHANGED, before.current(), List.of());
    }
    Known version = version(database, caller, document, before);
    rows.change(database, caller.tenantId(), before.id(), document, version);
    return done(
        database,
        caller,
        document,
        Outcome.UPDATED,
        before.id(),
        version.number(),
        changes(old, document));
  }

  /** What {@link #apply} would do, without doing it. */
  public AppliedPipeline plan(Caller caller, PipelineDocument document) {
    Database database = databases.in(caller.tenantId());
    Optional<Locked> before = rows.lock(database, caller.tenantId(), document.pipeline().name());
    if (before.isEmpty()) {
      return new AppliedPipeline(Outcome.CREATED, null, 1, changes("", document));
    }
    String old = canonical(database, caller, before.get());
    if (old.equals(document.canonical())) {
      return shown(
          database, caller, document, Outcome.UNCHANGED, before.get().current(), List.of());
    }
    int number =
        rows.withContent(database, caller.tenantId(), before.get().id(), document.canonical())
            .map(Known::number)
            .orElse(before.get().newest() + 1);
    return shown(database, caller, document, Outcome.UPDATED, number, changes(old, document));
  }

  /**
   * Deletes a pipeline with all its versions.
   *
   * @param expected the version of the resource that is deleted; null: whatever it is
   * @throws DomainException NOT_FOUND, STALE, or CONFLICT while it is needed
   */
  public void delete(Caller caller, String name, @Nullable Integer expected) {
    Database database = databases.in(caller.tenantId());
    Locked locked =
        rows.lock(database, caller.tenantId(), name)
            .orElseThrow(() -> DomainException.notFound("pipeline", name));
    refuseStale(name, locked, expected);
    deleting.fire(new PipelineDeleting(caller.tenantId(), locked.id(), name));
    rows.delete(database, caller.tenantId(), locked.id());
    rows.tell(database, caller.tenantId(), "pipeline.deleted", locked.id(), name, locked.current());
  }

  private Locked lock(
      Database database, Caller caller, PipelineDocument document, @Nullable Integer expected) {
    String name = document.pipeline().name();
    Locked locked =
        rows.lock(database, caller.tenantId(), name)
            .orElseThrow(
                () ->
                    new DomainException(
                        ErrorCode.STALE,
                        "If-Match asks for a version of the pipeline %s, but there is none of that name."
                            .formatted(name)));
    refuseStale(name, locked, expected);
    return locked;
  }

  private static void refuseStale(String name, Locked locked, @Nullable Integer expected) {
    if (expected != null && expected != locked.version()) {
      throw new DomainException(
          ErrorCode.STALE,
          "The pipeline %s was changed since you have read it. Read it again and repeat the change."
              .formatted(name));
    }
  }

  private Known version(
      Database database, Caller caller, PipelineDocument document, Locked before) {
    Optional<Known> known =
        rows.withContent(database, caller.tenantId(), before.id(), document.canonical());
    if (known.isPresent()) {
      return known.get();
    }
    Known version = new Known(ids.next(), before.newest() + 1);
    rows.addVersion(database, caller.tenantId(), before.id(), version, document, caller.name());
    return version;
  }

  private String canonical(Database database, Caller caller, Locked locked) {
    return rows.canonical(database, caller.tenantId(), locked.currentId())
        .orElseThrow(() -> new IllegalStateException("A pipeline without its current version"));
  }

  private AppliedPipeline done(
      Database database,
      Caller caller,
      PipelineDocument document,
      Outcome outcome,
      long id,
      int number,
      List<PipelineChange> changes) {
    String topic = outcome == Outcome.CREATED ? "pipeline.created" : "pipeline.changed";
    rows.tell(database, caller.tenantId(), topic, id, document.pipeline().name(), number);
    return shown(database, caller, document, outcome, number, changes);
  }

  private AppliedPipeline shown(
      Database database,
      Caller caller,
      PipelineDocument document,
      Outcome outcome,
      int number,
      List<PipelineChange> changes) {
    return new AppliedPipeline(
        outcome,
        rows.find(database, caller.tenantId(), document.pipeline().name()).orElse(null),
        number,
        changes);
  }

  private static List<PipelineChange> changes(String before, PipelineDocument document) {
    return Difference.between(before, document.canonical());
  }
}

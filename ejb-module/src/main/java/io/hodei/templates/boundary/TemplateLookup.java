package io.hodei.templates.boundary;

import io.hodei.platform.DomainException;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import io.hodei.templates.control.Differences;
import io.hodei.templates.control.TemplateRows;
import io.hodei.templates.entity.ExportedTemplate;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateFilter;
import io.hodei.templates.entity.TemplateVersion;
import io.hodei.templates.entity.TemplateView;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Reads templates and prompts of the caller's tenant. */
@Stateless
public class TemplateLookup {
  private final TenantDatabase databases;
  private final TemplateRows rows;

  @Inject
  public TemplateLookup(TenantDatabase databases, TemplateRows rows) {
    this.databases = databases;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected TemplateLookup() {
    this(null, null);
  }

  /**
   * A page, newest first.
   *
   * @param before the id after which the page begins; 0 for the first
   */
  public List<TemplateView> list(
      Caller caller, Kind kind, TemplateFilter filter, long before, int limit) {
    long tenant = caller.tenantId();
    return rows.list(databases.in(tenant), tenant, kind, filter, before, limit);
  }

  /**
   * One of them.
   *
   * @throws DomainException NOT_FOUND
   */
  public TemplateView get(Caller caller, Kind kind, String name) {
    long tenant = caller.tenantId();
    return rows.find(databases.in(tenant), tenant, kind, name)
        .orElseThrow(() -> DomainException.notFound(kind.noun(), name));
  }

  /**
   * A version with its document.
   *
   * @param number 0: the newest
   * @throws DomainException NOT_FOUND
   */
  public TemplateVersion version(Caller caller, Kind kind, String name, int number) {
    long tenant = caller.tenantId();
    return rows.version(databases.in(tenant), tenant, kind, name, number)
        .orElseThrow(
            () ->
                DomainException.notFound(
                    kind.noun(), number == 0 ? name : name + " with a version " + number));
  }

  /**
   * A page of the versions without their documents, newest first.
   *
   * @param before the number after which the page begins; 0 for the first
   * @throws DomainException NOT_FOUND
   */
  public List<TemplateVersion> versions(
      Caller caller, Kind kind, String name, int before, int limit) {
    get(caller, kind, name);
    long tenant = caller.tenantId();
    return rows.versions(databases.in(tenant), tenant, kind, name, before, limit);
  }

  /**
   * What differs between two versions: all lines of both, each behind {@code +}, {@code -} or a
   * space.
   *
   * @throws DomainException NOT_FOUND
   */
  public List<String> diff(Caller caller, Kind kind, String name, int from, int to) {
    return Differences.between(
        version(caller, kind, name, from).document(), version(caller, kind, name, to).document());
  }

  /**
   * A portion of the newest documents, in the order of their creation.
   *
   * @param name empty: all
   * @param after id of the last one of the portion before; 0 at the start
   */
  public List<ExportedTemplate> export(
      Caller caller, Kind kind, String name, long after, int limit) {
    long tenant = caller.tenantId();
    return rows.export(databases.in(tenant), tenant, kind, name, after, limit);
  }
}

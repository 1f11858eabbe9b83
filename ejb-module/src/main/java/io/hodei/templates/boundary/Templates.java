package io.hodei.templates.boundary;

import io.hodei.jobs.entity.NewJob;
import io.hodei.json.Json;
import io.hodei.platform.DomainException;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateRun;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Makes jobs of templates and prompts for callers. */
@Stateless
public class Templates {
  private final TenantDatabase databases;
  private final TemplateJobs jobs;

  @Inject
  public Templates(TenantDatabase databases, TemplateJobs jobs) {
    this.databases = databases;
    this.jobs = jobs;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Templates() {
    this(null, null);
  }

  /**
   * The job of a template with these values.
   *
   * @throws DomainException NOT_FOUND; INVALID with a pointer for each thing that is wrong
   */
  public NewJob fill(Caller caller, Kind kind, String name, TemplateRun run) {
    return TemplateJobs.job(find(caller, kind, name, run), run);
  }

  /** What POST /jobs takes to make the same job; checked as a job, and nothing is made. */
  public Json.Obj preview(Caller caller, Kind kind, String name, TemplateRun run) {
    TemplateJobs.Found found = find(caller, kind, name, run);
    TemplateJobs.job(found, run);
    return TemplateJobs.document(found, run);
  }

  private TemplateJobs.Found find(Caller caller, Kind kind, String name, TemplateRun run) {
    return jobs.find(databases.in(caller.tenantId()), caller.tenantId(), kind, name, run.version());
  }
}

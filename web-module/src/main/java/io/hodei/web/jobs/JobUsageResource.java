package io.hodei.web.jobs;

import io.hodei.json.JsonWriter;
import io.hodei.security.Permission;
import io.hodei.usage.AttemptUsage;
import io.hodei.usage.UsageReading;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an attempt of a job used over time. */
@Path("/jobs/{id}/resources")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobUsageResource {
  private final CurrentCaller caller;
  private final UsageReading reading;
  private final Answers answers;

  @Inject
  public JobUsageResource(CurrentCaller caller, UsageReading reading, Answers answers) {
    this.caller = caller;
    this.reading = reading;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.JOBS_READ)
  @Takes("attempt")
  public Response usage(@PathParam("id") String text, @Context UriInfo uri) {
    long id = JobIds.id(text);
    Query query = new Query(uri);
    int attempt = attempt(query);
    query.errors().refuse();
    return Answers.ok(written(answers.read(() -> reading.of(caller.get(), id, attempt))));
  }

  /** The attempt; 0, the newest, when none is named. */
  private static int attempt(Query query) {
    @Nullable String text = query.text("attempt");
    if (text == null) {
      return 0;
    }
    long value = text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
    if (value < 1 || value > Integer.MAX_VALUE) {
      query.errors().add("?attempt", "must be the number of an attempt: 1, 2, 3, …");
      return 0;
    }
    return (int) value;
  }

  private static JsonWriter written(AttemptUsage usage) {
    JsonWriter out =
        new JsonWriter(4096)
            .object()
            .member("attempt", usage.attempt())
            .member("since", usage.since())
            .member("stepMillis", usage.stepMillis())
            .member("coveredMillis", usage.coveredMillis())
            .array("cpuCores");
    for (int permille : usage.cpuPermille()) {
      out.raw(BigDecimal.valueOf(permille, 3).stripTrailingZeros().toPlainString());
    }
    out.endArray().array("memoryBytes");
    for (long bytes : usage.memoryBytes()) {
      out.value(bytes);
    }
    return out.endArray()
        .member("peakMemoryBytes", usage.peakMemoryBytes())
        .member("cpuMicros", usage.cpuMicros())
        .member("note", usage.note())
        .endObject();
  }
}

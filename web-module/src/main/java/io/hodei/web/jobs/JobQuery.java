package io.hodei.web.jobs;

import io.hodei.jobs.entity.Cancellation;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.JobFilter.LabelMatch;
import io.hodei.jobs.entity.JobState;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.platform.Words;
import io.hodei.web.http.Query;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a list of jobs. */
final class JobQuery {
  private static final int LONGEST_NAME = 201;

  private JobQuery() {}

  static JobFilter filter(Query query) {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    query.texts("state").forEach(text -> addState(query, text, states));
    List<LabelMatch> labels = new ArrayList<>();
    query.texts("label").forEach(text -> addLabel(query, text, labels));
    String pool = query.text("pool");
    if (pool != null && !Words.isPool(pool)) {
      query.errors().add("?pool", "is not the name of a pool");
    }
    Instant from = query.instant("from");
    Instant to = query.instant("to");
    if (from != null && to != null && to.isBefore(from)) {
      query.errors().add("?to", "is before from");
    }
    return new JobFilter(
        Set.copyOf(states),
        name(query),
        List.copyOf(labels),
        pool,
        run(query),
        from,
        to,
        query.text("executionName"));
  }

  /** The members of each job that are asked for. */
  static Set<String> fields(Query query) {
    String text = query.text("fields");
    if (text == null) {
      return Set.copyOf(JobOutput.FIELDS);
    }
    Set<String> fields = new HashSet<>();
    for (String name : text.split(",", -1)) {
      if (JobOutput.FIELDS.contains(name)) {
        fields.add(name);
      } else {
        query.errors().add("?fields", "must be names from " + JobOutput.FIELDS + " with commas");
      }
    }
    return fields;
  }

  /** The filters as they came and how the jobs shall end, for the audit trail. */
  static String detail(UriInfo uri, Cancellation how) {
    JsonWriter out = CancelBody.write(new JsonWriter().object(), how).object("filter");
    return filter(out, uri).endObject().toString();
  }

  /** The filters as they came, for the audit trail. */
  static String detail(UriInfo uri) {
    return filter(new JsonWriter().object().object("filter"), uri).endObject().toString();
  }

  private static JsonWriter filter(JsonWriter out, UriInfo uri) {
    new TreeMap<>(uri.getQueryParameters()).forEach((name, values) -> out.texts(name, values));
    return out.endObject();
  }

  private static @Nullable Long run(Query query) {
    String text = query.text("run");
    if (text == null) {
      return null;
    }
    long id = Id.parse(text);
    if (id < 0) {
      query.errors().add("?run", "is not the id of a run: 13 digits and letters");
    }
    return id;
  }

  private static @Nullable String name(Query query) {
    String name = query.text("name");
    if (name != null && (name.isEmpty() || name.length() > LONGEST_NAME)) {
      query.errors().add("?name", "must be a name, or the beginning of one and *");
    }
    return name;
  }

  private static void addState(Query query, String text, Set<JobState> states) {
    for (JobState state : JobState.values()) {
      if (state.name().equals(text)) {
        states.add(state);
        return;
      }
    }
    query.errors().add("?state", "must be one of " + List.of(JobState.values()));
  }

  private static void addLabel(Query query, String text, List<LabelMatch> labels) {
    int colon = text.indexOf(':');
    String key = colon < 0 ? text : text.substring(0, colon);
    if (Words.isLabelKey(key)) {
      labels.add(new LabelMatch(key, colon < 0 ? null : text.substring(colon + 1)));
    } else {
      query.errors().add("?label", "must be a label key, or key:value");
    }
  }
}

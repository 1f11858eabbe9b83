package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.entity.NewJob;
import io.hodei.json.Json;
import io.hodei.json.JsonElements;
import io.hodei.json.JsonRefused;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import io.hodei.platform.Id;
import io.hodei.web.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The jobs of one batch request: those that can be made, and why the others cannot. */
final class JobBatch {
  private static final int MOST_ERRORS = 100;

  private final List<NewJob> jobs = new ArrayList<>();
  private final TreeMap<Integer, Problem> refused = new TreeMap<>();

  private JobBatch() {}

  /**
   * Reads a batch to its end.
   *
   * @param lines whether a line that is not JSON is one refused job; in an array it ends the batch
   * @throws DomainException TOO_LARGE when there are more jobs than the limit, INVALID when an
   *     array is not JSON
   */
  static JobBatch read(JsonElements elements, boolean lines, int limit) throws IOException {
    JobBatch batch = new JobBatch();
    for (int index = 0; ; index++) {
      try {
        Optional<Json> element = elements.next();
        if (element.isEmpty()) {
          return batch;
        }
        refuseMore(index, limit);
        batch.jobs.add(JobInput.read(element.get()));
      } catch (JsonRefused e) {
        if (!lines) {
          throw e;
        }
        refuseMore(index, limit);
        batch.refused.put(index, Problem.of(e));
      } catch (DomainException e) {
        if (e.code() != ErrorCode.INVALID) {
          throw e;
        }
        batch.refused.put(index, Problem.of(e));
      }
    }
  }

  List<NewJob> jobs() {
    return jobs;
  }

  /** For all or nothing: refuses the whole batch when one job of it is refused. */
  void requireAll() {
    if (refused.isEmpty()) {
      return;
    }
    List<FieldError> errors = new ArrayList<>();
    refused.forEach(
        (index, problem) -> {
          for (FieldError error : problem.errors()) {
            if (errors.size() < MOST_ERRORS) {
              errors.add(new FieldError("/" + index + error.pointer(), error.message()));
            }
          }
        });
    throw new DomainException(
        ErrorCode.UNPROCESSABLE,
        "%d of %d jobs are not valid, the first one at index %d; none was made, because atomic=true asks for all or nothing."
            .formatted(refused.size(), refused.size() + jobs.size(), refused.firstKey()),
        errors);
  }

  /**
   * The answer with one result per job.
   *
   * @param ids of those that were made, in their order
   */
  String answer(long[] ids) {
    JsonWriter out = new JsonWriter(64 + 48 * ids.length).object();
    out.member("created", ids.length).member("refused", refused.size()).array("items");
    int made = 0;
    for (int index = 0; index < ids.length + refused.size(); index++) {
      @Nullable Problem problem = refused.get(index);
      out.object().member("index", index);
      if (problem == null) {
        out.member("status", 201).member("id", Id.format(ids[made++]));
      } else {
        out.member("status", problem.code().status()).name("problem");
        problem.write(out);
      }
      out.endObject();
    }
    return out.endArray().endObject().toString();
  }

  private static void refuseMore(int index, int limit) {
    if (index >= limit) {
      throw new DomainException(
          ErrorCode.TOO_LARGE,
          "A batch has at most %d jobs; nothing was made. Send it in parts.".formatted(limit));
    }
  }
}

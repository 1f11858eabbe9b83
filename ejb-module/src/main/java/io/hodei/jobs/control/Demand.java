package io.hodei.jobs.control;

import io.hodei.platform.FlatJson;
import java.util.Map;

/** What a job asks of an agent; jobs that ask the same queue together. */
public record Demand(String pool, String executor, Map<String, String> labels) {
  /** The canonical text whose digest is the demand's identity. */
  String text() {
    return pool + "\n" + executor + "\n" + FlatJson.write(labels);
  }
}

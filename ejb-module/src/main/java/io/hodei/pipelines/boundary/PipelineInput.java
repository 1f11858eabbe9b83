package io.hodei.pipelines.boundary;

import io.hodei.json.Document;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonWriter;
import io.hodei.pipelines.control.PipelineCheck;
import io.hodei.pipelines.control.YamlText;
import io.hodei.pipelines.entity.PipelineDocument;
import io.hodei.pipelines.entity.PipelineVersion.SourceType;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import java.nio.charset.StandardCharsets;

/** Reads pipelines as people write them, and values for their parameters. Needs no database. */
public final class PipelineInput {
  /** Most bytes of a document. */
  public static final int MAX_BYTES = 2 << 20;

  private PipelineInput() {}

  /**
   * Reads and checks a document.
   *
   * @param failFast whether to say only the first thing that is wrong
   * @throws DomainException INVALID with line and column of each thing that is wrong
   */
  public static PipelineDocument check(byte[] bytes, SourceType type, boolean failFast) {
    if (bytes.length > MAX_BYTES) {
      throw new DomainException(
          ErrorCode.TOO_LARGE, "The document is larger than %d bytes.".formatted(MAX_BYTES));
    }
    Document document = type == SourceType.YAML ? Document.ofYaml(bytes) : Document.ofJson(bytes);
    PipelineCheck.Checked checked = PipelineCheck.check(document, failFast);
    Json executor = checked.canonical().members().get("executor");
    return new PipelineDocument(
        checked.pipeline(),
        new JsonWriter(bytes.length).value(checked.canonical()).toString(),
        new String(bytes, StandardCharsets.UTF_8),
        type,
        executor instanceof Json.Text text ? text.value() : "process");
  }

  /** A version as YAML; reading that back gives the same version. */
  public static String yaml(String canonical) {
    return YamlText.of(JsonReader.read(canonical.getBytes(StandardCharsets.UTF_8)));
  }
}

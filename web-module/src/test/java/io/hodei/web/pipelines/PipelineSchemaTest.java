package io.hodei.web.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.hodei.json.Document;
import io.hodei.json.JsonWriter;
import io.hodei.pipelines.boundary.PipelineInput;
import io.hodei.pipelines.entity.PipelineVersion.SourceType;
import io.hodei.platform.DomainException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use and the reader agree about the form of a document. */
class PipelineSchemaTest {
  private static final String STEP = "name: a\nsteps: [{id: x, wait: {for: 1s}}]\n";
  private final JsonSchema schema = load();

  private static JsonSchema load() {
    InputStream file =
        Objects.requireNonNull(
            PipelineSchemaTest.class.getResourceAsStream("/schemas/pipeline.json"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(file);
  }

  private boolean fitsSchema(String yaml) {
    Document document = Document.ofYaml(yaml.getBytes(StandardCharsets.UTF_8));
    String json = new JsonWriter().value(document.json()).toString();
    return schema.validate(json, InputFormat.JSON).isEmpty();
  }

  private static boolean isRead(String yaml) {
    try {
      PipelineInput.check(yaml.getBytes(StandardCharsets.UTF_8), SourceType.YAML, false);
      return true;
    } catch (DomainException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STEP,
        STEP + "hodei: 1\ndescription: x\nlabels: {a: b}\ntimeout: 1h\nexecutor: noop\n",
        STEP + "failurePolicy: CONTINUE\nconcurrency: {limit: 2, whenFull: REJECT}\n",
        STEP + "parameters: [{name: n, type: number, default: 3}, {name: s, pattern: a+}]\n",
        STEP + "parameters: [{name: e, type: enum, values: [a, b], default: a}]\n",
        STEP + "defaults: {pool: p, retry: {maxAttempts: 2}, priority: HIGH}\n",
        STEP + "onFailure: [{id: y, job: {spec: {shell: echo}}}]\n",
        "name: a\nsteps: [{id: x, job: {spec: {command: [a, '${{ 1 }}']}}, timeouts: {run: 5m}}]",
        "name: a\nsteps: [{id: x, matrix: {os: [a, b]}, maxParallel: 1, job: {spec: {shell: x}}}]",
        "name: a\nsteps: [{id: x, map: '[1]', template: {name: t, parameters: {n: 1}}}]",
        "name: a\nsteps: [{id: x, approval: {by: [a], quorum: 1, timeout: 1d, onTimeout: SKIP}}]",
        "name: a\n"
            + "steps: [{id: x, job: {spec: {http: {url: 'https://a/?k=${{ secrets.k }}', headers:"
            + " {A: {secret: b}}}}}}]",
        "name: a\n"
            + "steps: [{id: x, job: {spec: {http: {method: POST, url: '${{ run.id }}', body: {n:"
            + " '${{ 1 }}'}, poll: {urlFrom: body.u, done: 'true'}}}}}]",
        "name: a\n"
            + "steps: [{id: x, job: {spec: {cloudRun: {project: pp, region: r, job: j, taskCount:"
            + " 2}}}}]",
        "name: a\nsteps: [{id: x, wait: {signal: go, timeout: 1d}}]",
        "name: a\nsteps: [{id: x, wait: {event: e, where: 'event.id == 1'}}]"
      })
  void good_documents_pass_both(String yaml) {
    assertThat(isRead(yaml)).isTrue();
    assertThat(fitsSchema(yaml)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: a\nsteps: []",
        "name: a\nsteps: [{id: x, job: {spec: {http: {url: 'https://a/', follow: true}}}}]",
        "name: a\nsteps: [{id: x, job: {spec: {http: {method: TRACE, url: 'https://a/'}}}}]",
        "name: a\nsteps: [{id: x, job: {spec: {cloudRun: {region: r, job: j}}}}]",
        "steps: [{id: x, wait: {for: 1s}}]",
        "name: a b\nsteps: [{id: x, wait: {for: 1s}}]",
        STEP + "foo: 1",
        STEP + "hodei: 2",
        STEP + "timeout: soon",
        STEP + "failurePolicy: MAYBE",
        STEP + "concurrency: {}",
        STEP + "parameters: [{name: e, type: enum}]",
        STEP + "parameters: [{name: e, values: [a]}]",
        STEP + "parameters: [{name: n, type: number, default: x}]",
        STEP + "parameters: [{name: n, type: number, pattern: x}]",
        STEP + "parameters: [{name: in}]",
        STEP + "parameters: [{name: k, type: secret, default: x}]",
        STEP + "defaults: {spec: {}}",
        "name: a\nsteps: [{id: x}]",
        "name: a\nsteps: [{id: x, wait: {for: 1s}, job: {spec: {shell: x}}}]",
        "name: a\nsteps: [{id: x.y, wait: {for: 1s}}]",
        "name: a\nsteps: [{id: x, wait: {for: 1s, timeout: 1s}}]",
        "name: a\nsteps: [{id: x, wait: {for: 1s, signal: a}}]",
        "name: a\nsteps: [{id: x, wait: {signal: a, onTimeout: SKIP}}]",
        "name: a\nsteps: [{id: x, wait: {for: 1s}, retry: {}}]",
        "name: a\nsteps: [{id: x, wait: {for: 1s}, maxParallel: 2}]",
        "name: a\nsteps: [{id: x, map: '[1]', matrix: {a: [1]}, wait: {for: 1s}}]",
        "name: a\nsteps: [{id: x, matrix: {a: []}, wait: {for: 1s}}]",
        "name: a\nsteps: [{id: x, job: {}}]",
        "name: a\nsteps: [{id: x, job: {name: y, spec: {shell: x}}}]"
      })
  void bad_documents_fail_both(String yaml) {
    assertThat(isRead(yaml)).isFalse();
    assertThat(fitsSchema(yaml)).isFalse();
  }
}

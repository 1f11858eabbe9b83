package io.hodei.expressions;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.hodei.json.Json;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression over the answer to an HTTP call: {@code status} (a whole number), {@code
 * headers} (texts by lower-case name) and {@code body} (JSON, or a text when it is none). Immutable
 * and safe for threads; the newest ones are kept, so that a text is compiled once.
 */
public final class AnswerExpression {
  private static final int MOST_KEPT = 2_000;
  private static final CelCompiler COMPILER =
      CelLanguage.compiler()
          .addVar("status", SimpleType.INT)
          .addVar("headers", MapType.create(SimpleType.STRING, SimpleType.STRING))
          .addVar("body", SimpleType.DYN)
          .build();
  private static final LoadingCache<String, AnswerExpression> KEPT =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build(AnswerExpression::compile);

  private final CelRuntime.@Nullable Program program;
  private final CelKind kind;
  private final String fault;

  private AnswerExpression(CelRuntime.@Nullable Program program, CelKind kind, String fault) {
    this.program = program;
    this.kind = kind;
    this.fault = fault;
  }

  /** There is no value of the wanted kind; the message says why. */
  public static final class NoValue extends Exception {
    private static final long serialVersionUID = 1L;

    NoValue(String message) {
      super(message, null, false, false);
    }
  }

  /** The expression of a text, also when something is wrong with it. */
  public static AnswerExpression of(String text) {
    return Objects.requireNonNull(KEPT.get(text));
  }

  /** What is wrong with it when it shall say yes or no; empty when nothing is. */
  public String wrongAsCondition() {
    return wrongAs(CelKind.BOOL, "true or false");
  }

  /** What is wrong with it when it shall give a text; empty when nothing is. */
  public String wrongAsText() {
    return wrongAs(CelKind.STRING, "a text");
  }

  /** Whether it holds for an answer; {@code headers} have lower-case names. */
  public boolean holds(int status, Map<String, String> headers, Json body) throws NoValue {
    Json value = value(status, headers, body);
    if (value instanceof Json.Bool answer) {
      return answer.value();
    }
    throw new NoValue("must give true or false, but gave " + value.kind());
  }

  /** The text that it gives for an answer. */
  public String text(int status, Map<String, String> headers, Json body) throws NoValue {
    Json value = value(status, headers, body);
    if (value instanceof Json.Text text) {
      return text.value();
    }
    throw new NoValue("must give a text, but gave " + value.kind());
  }

  private String wrongAs(CelKind wanted, String words) {
    boolean fits = kind == wanted || kind == CelKind.DYN || kind == CelKind.ANY;
    return !fault.isEmpty() || fits ? fault : "must give " + words;
  }

  private Json value(int status, Map<String, String> headers, Json body) throws NoValue {
    CelRuntime.Program ready = program;
    if (ready == null) {
      throw new NoValue(fault);
    }
    try {
      return JsonValues.json(
          ready.trace(
              Map.of("status", (long) status, "headers", headers, "body", JsonValues.cel(body)),
              new CelBudget()));
    } catch (CelEvaluationException | RuntimeException e) {
      throw new NoValue(CelLanguage.sentence(e));
    } catch (StackOverflowError e) {
      throw new NoValue("it is nested too deeply");
    }
  }

  private static AnswerExpression compile(String text) {
    if (text.isBlank()) {
      return wrong("an expression is missing");
    }
    try {
      CelValidationResult result = COMPILER.compile(text);
      if (result.hasError()) {
        return wrong(sentence(result.getErrors().getFirst()));
      }
      return new AnswerExpression(
          CelLanguage.program(result.getAst()), result.getAst().getResultType().kind(), "");
    } catch (CelValidationException | CelEvaluationException e) {
      return wrong(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      return wrong("it is nested too deeply");
    }
  }

  private static AnswerExpression wrong(String fault) {
    return new AnswerExpression(null, CelKind.ERROR, fault);
  }

  /** Line and column count from 1, as editors do. */
  private static String sentence(CelIssue issue) {
    String message = issue.getMessage().lines().findFirst().orElse("");
    return "line %d, column %d: %s"
        .formatted(
            issue.getSourceLocation().getLine(),
            issue.getSourceLocation().getColumn() + 1,
            message
                .replaceAll(" \\(candidates: .*\\)$", "")
                .replaceAll(" \\(in container ''\\)", "; known are status, headers, body")
                .replaceAll(" expecting \\{.*\\}$", ""));
  }
}

package io.hodei.pipelines.control;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.hodei.expressions.CelBudget;
import io.hodei.expressions.CelLanguage;
import io.hodei.expressions.JsonValues;
import io.hodei.json.Json;
import io.hodei.pipelines.entity.ExpressionFailed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled expression, or what is wrong with its text. */
public final class Expression {
  private final CelRuntime.@Nullable Program program;
  private final CelType type;
  private final List<Use> uses;
  private final List<Fault> faults;

  private Expression(
      CelRuntime.@Nullable Program program, CelType type, List<Use> uses, List<Fault> faults) {
    this.program = program;
    this.type = type;
    this.uses = uses;
    this.faults = faults;
  }

  static Expression wrong(List<Fault> faults) {
    return new Expression(null, SimpleType.DYN, List.of(), List.copyOf(faults));
  }

  static Expression right(CelRuntime.Program program, CelType type, List<Use> uses) {
    return new Expression(program, type, List.copyOf(uses), List.of());
  }

  /**
   * Something wrong.
   *
   * @param offset of the character in the text where it is
   */
  public record Fault(int offset, String message) {}

  /**
   * A name that an expression uses.
   *
   * @param root {@code steps}, {@code matrix}, {@code item} or {@code event}
   * @param name what of it; empty: all
   * @param offset of the character in the text
   */
  public record Use(String root, String name, int offset) {}

  public List<Fault> faults() {
    return faults;
  }

  public List<Use> uses() {
    return uses;
  }

  /** Whether its value may be of a kind, as far as that is known before it has one. */
  boolean mayBe(CelKind kind) {
    return type.kind() == kind || type.kind() == CelKind.DYN || type.kind() == CelKind.ANY;
  }

  /** The kind of its value, for messages. */
  String kind() {
    return type.name();
  }

  /**
   * Its value.
   *
   * @param variables made by {@link CelValues}
   * @throws ExpressionFailed when there is none
   */
  Json value(Map<String, Object> variables, String place) {
    CelRuntime.Program ready = program;
    if (ready == null) {
      throw new ExpressionFailed(place, faults.getFirst().message());
    }
    try {
      return JsonValues.json(ready.trace(variables, new CelBudget()));
    } catch (CelEvaluationException | RuntimeException e) {
      throw new ExpressionFailed(place, CelLanguage.sentence(e));
    } catch (StackOverflowError e) {
      throw new ExpressionFailed(place, "the expression is nested too deeply");
    }
  }
}

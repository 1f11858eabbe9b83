package io.hodei.pipelines.control;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import io.hodei.expressions.CelLanguage;
import io.hodei.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles CEL for the parameters of one pipeline. Whole numbers and fractions may be mixed, as in
 * JSON; of the string functions there are only those whose result is not longer than what goes in.
 */
public final class Cel {
  static final int LONGEST = CelLanguage.LONGEST;

  private static final StructType STEP =
      struct("step", Map.of("state", SimpleType.STRING, "outputs", SimpleType.DYN));
  private static final StructType RUN =
      struct(
          "run",
          Map.of(
              "id",
              SimpleType.STRING,
              "number",
              SimpleType.INT,
              "startedAt",
              SimpleType.TIMESTAMP));

  private final CelCompiler compiler;
  private final List<String> parameters;

  public Cel(List<Parameter> parameters) {
    this.parameters = parameters.stream().map(Parameter::name).toList();
    Map<String, CelType> types = new LinkedHashMap<>();
    parameters.forEach(parameter -> types.put(parameter.name(), type(parameter.type())));
    StructType params = struct("params", types);
    this.compiler =
        CelLanguage.compiler()
            .setTypeProvider(new Structs(ImmutableList.of(params, STEP, RUN)))
            .addVar("params", params)
            .addVar("steps", MapType.create(SimpleType.STRING, STEP))
            .addVar("run", RUN)
            .addVar("item", SimpleType.DYN)
            .addVar("matrix", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("event", SimpleType.DYN)
            .build();
  }

  /** Compiles an expression; what is wrong with it is part of the answer. */
  public Expression compile(String text) {
    if (text.isBlank()) {
      return Expression.wrong(List.of(new Expression.Fault(0, "an expression is missing")));
    }
    if (text.length() > LONGEST) {
      return Expression.wrong(
          List.of(
              new Expression.Fault(
                  0, "an expression is longer than %d characters".formatted(LONGEST))));
    }
    try {
      return checked(text);
    } catch (CelValidationException | CelEvaluationException e) {
      return Expression.wrong(List.of(new Expression.Fault(0, String.valueOf(e.getMessage()))));
    } catch (StackOverflowError e) {
      return Expression.wrong(
          List.of(new Expression.Fault(0, "an expression is nested too deeply")));
    }
  }

  private Expression checked(String text) throws CelValidationException, CelEvaluationException {
    CelValidationResult parsed = compiler.parse(text);
    if (parsed.hasError()) {
      // What follows the first error of the grammar is mostly noise.
      return Expression.wrong(faults(text, parsed).subList(0, 1));
    }
    CelAbstractSyntaxTree tree = parsed.getAst();
    CelNames names = CelNames.of(tree, parameters);
    if (!names.faults().isEmpty()) {
      return Expression.wrong(names.faults());
    }
    CelValidationResult checked = compiler.check(tree);
    if (checked.hasError()) {
      return Expression.wrong(faults(text, checked));
    }
    return Expression.right(
        CelLanguage.program(checked.getAst()), checked.getAst().getResultType(), names.uses());
  }

  private static List<Expression.Fault> faults(String text, CelValidationResult result) {
    List<Expression.Fault> faults = new ArrayList<>();
    for (CelIssue issue : result.getErrors()) {
      int offset =
          offset(text, issue.getSourceLocation().getLine(), issue.getSourceLocation().getColumn());
      faults.add(new Expression.Fault(offset, sentence(issue.getMessage())));
    }
    return faults;
  }

  /** Without the list of everything that would have been possible. */
  private static String sentence(String message) {
    String first = message.lines().findFirst().orElse(message);
    return first
        .replaceAll(" \\(candidates: .*\\)$", "")
        .replaceAll(" \\(in container ''\\)", "; known are params, steps, run, item, matrix, event")
        .replaceAll(" expecting \\{.*\\}$", "")
        .replaceFirst("^mismatched input '<EOF>'$", "the expression ends too early")
        .replace("_==_", "==")
        .replaceAll("'_(.{1,2})_'", "'$1'");
  }

  /** The place in the text of a line from 1 and a column from 0. */
  private static int offset(String text, int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        break;
      }
      start = end + 1;
    }
    int available = text.codePointCount(start, text.length());
    return text.offsetByCodePoints(start, Math.max(0, Math.min(column, available)));
  }

  private static CelType type(Parameter.Type type) {
    return switch (type) {
      case STRING, ENUM, FILE, SECRET -> SimpleType.STRING;
      case NUMBER -> SimpleType.DOUBLE;
      case BOOLEAN -> SimpleType.BOOL;
    };
  }

  private static StructType struct(String name, Map<String, CelType> types) {
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  /** The shapes of what expressions see. */
  private record Structs(ImmutableList<StructType> structs) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.<CelType>copyOf(structs);
    }

    @Override
    public Optional<CelType> findType(String name) {
      return structs.stream()
          .filter(struct -> struct.name().equals(name))
          .map(CelType.class::cast)
          .findFirst();
    }
  }
}

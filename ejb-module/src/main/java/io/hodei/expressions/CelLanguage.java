package io.hodei.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The language of expressions: CEL with whole numbers and fractions mixed, as in JSON, and only
 * those functions on texts whose result is not longer than what goes in.
 */
public final class CelLanguage {
  /** Most characters of an expression. */
  public static final int LONGEST = 4_096;

  private static final int MOST_NODES = 2_000;
  private static final int DEEPEST = 100;

  /** Functions that multiply the length of texts (join, replace, format) are not among them. */
  private static final CelStringExtensions STRINGS =
      CelExtensions.strings(
          CelStringExtensions.Function.SPLIT,
          CelStringExtensions.Function.SUBSTRING,
          CelStringExtensions.Function.TRIM,
          CelStringExtensions.Function.LOWER_ASCII,
          CelStringExtensions.Function.UPPER_ASCII,
          CelStringExtensions.Function.INDEX_OF);

  private static final List<String> ARITHMETIC = List.of("_+_", "_-_", "_*_", "_/_");
  private static final CelOptions OPTIONS = options();
  private static final CelRuntime RUNTIME = runtime();

  private CelLanguage() {}

  /** A compiler without variables. */
  public static CelCompilerBuilder compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addLibraries(STRINGS)
        .addFunctionDeclarations(mixedDeclarations());
  }

  /** What was compiled and checked, ready to run. */
  public static CelRuntime.Program program(CelAbstractSyntaxTree checked)
      throws CelEvaluationException {
    return RUNTIME.createProgram(checked);
  }

  /** One sentence about why an evaluation gave no value. */
  public static String sentence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CelBudget.Exceeded) {
        return String.valueOf(cause.getMessage());
      }
    }
    return String.valueOf(failure.getMessage())
        .replaceFirst("^evaluation error(?: at <input>:(\\d+))?: ", "")
        .replaceAll("\\s+", " ");
  }

  @SuppressWarnings("deprecation") // Else timestamps come as protobuf messages.
  private static CelOptions options() {
    return CelOptions.current()
        .maxExpressionCodePointSize(LONGEST)
        .maxParseExpressionNodeCount(MOST_NODES)
        .maxParseRecursionDepth(DEEPEST)
        .maxRegexProgramSize(1_000)
        .comprehensionMaxIterations(CelBudget.MOST_ITERATIONS)
        .enableHeterogeneousNumericComparisons(true)
        .enableQuotedIdentifierSyntax(true)
        .evaluateCanonicalTypesToNativeValues(true)
        .build();
  }

  private static CelRuntime runtime() {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    for (String operator : ARITHMETIC) {
      bindings.add(
          CelFunctionBinding.from(
              id(operator, "double_int"),
              Double.class,
              Long.class,
              (a, b) -> calculate(operator, a, b)));
      bindings.add(
          CelFunctionBinding.from(
              id(operator, "int_double"),
              Long.class,
              Double.class,
              (a, b) -> calculate(operator, a, b)));
    }
    for (boolean same : new boolean[] {true, false}) {
      String name = same ? "_==_" : "_!=_";
      bindings.add(
          CelFunctionBinding.from(
              id(name, "double_int"),
              Double.class,
              Long.class,
              (a, b) -> (a.doubleValue() == b.doubleValue()) == same));
      bindings.add(
          CelFunctionBinding.from(
              id(name, "int_double"),
              Long.class,
              Double.class,
              (a, b) -> (a.doubleValue() == b.doubleValue()) == same));
    }
    return CelRuntimeFactory.legacyCelRuntimeBuilder()
        .setOptions(OPTIONS)
        .addLibraries(STRINGS)
        .addFunctionBindings(bindings)
        .build();
  }

  private static double calculate(String operator, double a, double b) {
    return switch (operator) {
      case "_+_" -> a + b;
      case "_-_" -> a - b;
      case "_*_" -> a * b;
      default -> a / b;
    };
  }

  private static List<CelFunctionDecl> mixedDeclarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    for (String name : ARITHMETIC) {
      declarations.add(mixed(name, SimpleType.DOUBLE));
    }
    declarations.add(mixed("_==_", SimpleType.BOOL));
    declarations.add(mixed("_!=_", SimpleType.BOOL));
    return declarations;
  }

  private static CelFunctionDecl mixed(String name, CelType result) {
    return CelFunctionDecl.newFunctionDeclaration(
        name,
        CelOverloadDecl.newGlobalOverload(
            id(name, "double_int"), result, SimpleType.DOUBLE, SimpleType.INT),
        CelOverloadDecl.newGlobalOverload(
            id(name, "int_double"), result, SimpleType.INT, SimpleType.DOUBLE));
  }

  private static String id(String operator, String types) {
    String word =
        switch (operator) {
          case "_+_" -> "add";
          case "_-_" -> "subtract";
          case "_*_" -> "multiply";
          case "_/_" -> "divide";
          case "_==_" -> "equals";
          default -> "not_equals";
        };
    return "hodei_" + word + "_" + types;
  }
}

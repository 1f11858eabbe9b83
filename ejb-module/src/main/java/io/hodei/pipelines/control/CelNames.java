package io.hodei.pipelines.control;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.hodei.platform.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds which steps, axes and parameters an expression names. */
final class CelNames {
  private static final Set<String> ROOTS =
      Set.of("params", "steps", "run", "item", "matrix", "event");

  private final Map<Long, Integer> positions;
  private final List<String> parameters;
  private final List<Expression.Use> uses = new ArrayList<>();
  private final List<Expression.Fault> faults = new ArrayList<>();

  private CelNames(Map<Long, Integer> positions, List<String> parameters) {
    this.positions = positions;
    this.parameters = parameters;
  }

  static CelNames of(CelAbstractSyntaxTree tree, List<String> parameters) {
    CelNames names = new CelNames(tree.getSource().getPositionsMap(), parameters);
    names.visit(tree.getExpr());
    return names;
  }

  List<Expression.Use> uses() {
    return uses;
  }

  List<Expression.Fault> faults() {
    return faults;
  }

  private void visit(CelExpr expression) {
    switch (expression.getKind()) {
      case IDENT -> root(expression, expression.ident().name());
      case SELECT -> {
        CelExpr operand = expression.select().operand();
        if (isRoot(operand)) {
          member(operand, expression.select().field());
        } else {
          visit(operand);
        }
      }
      case CALL -> call(expression.call());
      case LIST -> expression.list().elements().forEach(this::visit);
      case MAP ->
          expression
              .map()
              .entries()
              .forEach(
                  entry -> {
                    visit(entry.key());
                    visit(entry.value());
                  });
      case STRUCT -> expression.struct().entries().forEach(entry -> visit(entry.value()));
      case COMPREHENSION -> loop(expression);
      default -> {}
    }
  }

  private void call(CelExpr.CelCall call) {
    String key = call.function().equals("_[_]") ? text(call.args().getLast()) : null;
    if (key != null && isRoot(call.args().getFirst())) {
      member(call.args().getFirst(), key);
      return;
    }
    call.target().ifPresent(this::visit);
    call.args().forEach(this::visit);
  }

  private void loop(CelExpr expression) {
    CelExpr.CelComprehension loop = expression.comprehension();
    if (ROOTS.contains(loop.iterVar()) || ROOTS.contains(loop.iterVar2())) {
      fault(
          expression,
          "the variable of a loop cannot be called %s, which means something else here"
              .formatted(ROOTS.contains(loop.iterVar()) ? loop.iterVar() : loop.iterVar2()));
    }
    visit(loop.iterRange());
    visit(loop.accuInit());
    visit(loop.loopCondition());
    visit(loop.loopStep());
    visit(loop.result());
  }

  /** A root as a whole. */
  private void root(CelExpr expression, String name) {
    switch (name) {
      case "steps" ->
          fault(expression, "steps needs the id of a step: steps.build or steps[\"build-1\"]");
      case "item", "event", "matrix" ->
          uses.add(new Expression.Use(name, "", position(expression)));
      default -> {}
    }
  }

  private void member(CelExpr operand, String name) {
    String root = operand.ident().name();
    if (root.equals("params") && !parameters.contains(name)) {
      fault(operand, "there is no parameter %s%s".formatted(name, Nearest.hint(name, parameters)));
    } else if (!root.equals("params") && !root.equals("run")) {
      uses.add(new Expression.Use(root, name, position(operand)));
    }
  }

  private void fault(CelExpr expression, String message) {
    faults.add(new Expression.Fault(position(expression), message));
  }

  private int position(CelExpr expression) {
    return positions.getOrDefault(expression.id(), 0);
  }

  private static boolean isRoot(CelExpr expression) {
    return expression.getKind() == Kind.IDENT && ROOTS.contains(expression.ident().name());
  }

  private static @Nullable String text(CelExpr expression) {
    return expression.getKind() == Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? expression.constant().stringValue()
        : null;
  }
}

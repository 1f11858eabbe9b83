package io.hodei.external.control;

import io.hodei.expressions.AnswerExpression;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.HttpSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Executes jobs that are calls by HTTP. Safe for threads. */
final class HttpExecutor implements Executor {
  /** How long a call is repeated that broke without an answer, or a cancel that is not taken. */
  private static final Duration SHORT_PATIENCE = Duration.ofMinutes(1);

  private final HttpCalls calls;
  private final Circuits circuits;
  private final Function<ExternalTask, Function<String, Optional<String>>> secrets;
  private final Duration patience;

  /**
   * An executor.
   *
   * @param secrets what a task may know
   * @param patience no answer to a call makes it wait longer than this
   */
  HttpExecutor(
      HttpCalls calls,
      Circuits circuits,
      Function<ExternalTask, Function<String, Optional<String>>> secrets,
      Duration patience) {
    this.calls = calls;
    this.circuits = circuits;
    this.secrets = secrets;
    this.patience = patience;
  }

  @Override
  public String host(ExternalTask task) {
    String url = spec(task).url();
    int begin = url.indexOf("//") + 2;
    int end = url.indexOf('/', begin);
    return url.substring(begin, end < 0 ? url.length() : end);
  }

  @Override
  public Outcome start(ExternalTask task) {
    HttpSpec spec = spec(task);
    HttpRequests requests = requests(task);
    Duration run = task.spec().timeouts().run();
    boolean shorter = run != null && run.compareTo(spec.timeout()) < 0;
    try {
      Call call = requests.start(shorter && run != null ? run : spec.timeout());
      Exchange exchange = send(requests, call);
      if (exchange.isBusy()) {
        return putOff(task, exchange);
      }
      if (!holds(spec.success(), exchange)) {
        return failed(exchange, spec.success());
      }
      return spec.poll() == null
          ? exchange.succeeded()
          : begun(requests, spec, spec.poll(), exchange);
    } catch (Disclosure.Missing | AnswerExpression.NoValue e) {
      return Outcome.failed(String.valueOf(e.getMessage()));
    } catch (PutOffUntil e) {
      return new Outcome.PutOff(e.delay, e.why);
    } catch (CallFailed e) {
      return notStarted(task, e, shorter);
    }
  }

  @Override
  public Outcome look(ExternalTask task) {
    HttpSpec.Poll poll = Objects.requireNonNull(spec(task).poll());
    HttpRequests requests = requests(task);
    try {
      Exchange exchange =
          send(requests, requests.look(Objects.requireNonNull(task.executionName())));
      if (exchange.isBusy() || exchange.answer().status() >= 500) {
        return putOff(task, exchange);
      }
      if (!AnswerExpression.of(poll.done())
          .holds(exchange.answer().status(), exchange.answer().headers(), exchange.body())) {
        return exchange.answer().status() >= 400
            ? failed(exchange, null)
            : new Outcome.Running(null, null, poll.interval());
      }
      return holds(poll.success(), exchange)
          ? exchange.succeeded()
          : failed(exchange, poll.success());
    } catch (Disclosure.Missing | AnswerExpression.NoValue e) {
      return Outcome.failed("Its status cannot be told: " + e.getMessage());
    } catch (PutOffUntil e) {
      return new Outcome.PutOff(e.delay, e.why);
    } catch (CallFailed e) {
      return e.kind() == CallFailed.Kind.REFUSED
          ? Outcome.failed(e.sentence())
          : new Outcome.PutOff(delay(task, null), e.sentence());
    }
  }

  @Override
  public Outcome cancel(ExternalTask task) {
    calls.abort(task.key());
    HttpSpec.Cancel cancel = spec(task).cancel();
    String target = target(task, cancel);
    if (cancel == null || target == null) {
      return ended(
          task,
          task.executionName() == null
              ? ""
              : "What the call began is not told to end: the job has no cancel.");
    }
    HttpRequests requests = requests(task);
    try {
      Exchange exchange = send(requests, requests.cancel(cancel.method(), target));
      int status = exchange.answer().status();
      boolean taken = status < 400 || status == 404 || status == 409 || status == 410;
      if (taken) {
        return ended(task, "");
      }
      return untaken(task, "%s answered %d".formatted(exchange.shownUrl(), status));
    } catch (Disclosure.Missing e) {
      return ended(task, String.valueOf(e.getMessage()));
    } catch (PutOffUntil e) {
      return untaken(task, e.why);
    } catch (CallFailed e) {
      return untaken(task, e.sentence());
    }
  }

  private static @Nullable String target(ExternalTask task, HttpSpec.@Nullable Cancel cancel) {
    return cancel == null || cancel.target().url() == null
        ? task.cancelTarget()
        : cancel.target().url();
  }

  private Outcome untaken(ExternalTask task, String why) {
    return task.putOff().compareTo(SHORT_PATIENCE) > 0
        ? ended(task, "It was not possible to tell the other side to end it: " + why)
        : new Outcome.PutOff(delay(task, null), why);
  }

  private static Outcome ended(ExternalTask task, String reason) {
    return task.phase() == Phase.CANCELLING
        ? Outcome.ended(EndReport.Outcome.CANCELLED, reason)
        : Outcome.ended(
            EndReport.Outcome.RUN_TIMEOUT,
            reason.isEmpty() ? "It did not end within its run timeout." : reason);
  }

  /** The call goes on elsewhere: notes where to look, and where to end it. */
  private static Outcome begun(
      HttpRequests requests, HttpSpec spec, HttpSpec.Poll poll, Exchange exchange)
      throws AnswerExpression.NoValue, CallFailed {
    HttpSpec.Cancel cancel = spec.cancel();
    return new Outcome.Running(
        requests.address(poll.target(), exchange),
        cancel == null || cancel.target().url() != null
            ? null
            : requests.address(cancel.target(), exchange),
        poll.interval());
  }

  private Outcome notStarted(ExternalTask task, CallFailed e, boolean ofRun) {
    return switch (e.kind()) {
      case REFUSED, NOT_SENT -> Outcome.failed(e.sentence());
      case TIMEOUT ->
          ofRun
              ? Outcome.ended(
                  EndReport.Outcome.RUN_TIMEOUT, "It did not end within its run timeout.")
              : Outcome.failed(e.sentence());
      case UNDECIDED, BROKEN ->
          task.putOff().compareTo(SHORT_PATIENCE) > 0
              ? Outcome.failed(e.sentence())
              : new Outcome.PutOff(delay(task, null), e.sentence());
    };
  }

  private Outcome putOff(ExternalTask task, Exchange exchange) {
    return new Outcome.PutOff(
        delay(task, exchange.answer().headers().get("retry-after")),
        "%s answered %d".formatted(exchange.shownUrl(), exchange.answer().status()));
  }

  private Duration delay(ExternalTask task, @Nullable String retryAfter) {
    return BackOff.of(task.putOff(), retryAfter, Instant.now(), patience);
  }

  private static Outcome failed(Exchange exchange, @Nullable String condition) {
    return exchange.failed(
        "%s answered %d%s."
            .formatted(
                exchange.shownUrl(),
                exchange.answer().status(),
                condition == null ? "" : ", and its success condition does not hold"));
  }

  private static boolean holds(@Nullable String condition, Exchange exchange)
      throws AnswerExpression.NoValue {
    Answer answer = exchange.answer();
    return condition == null
        ? answer.status() >= 200 && answer.status() < 300
        : AnswerExpression.of(condition).holds(answer.status(), answer.headers(), exchange.body());
  }

  private Exchange send(HttpRequests requests, Call call) throws CallFailed, PutOffUntil {
    String origin = call.origin();
    Duration closed = circuits.closedFor(origin);
    if (!closed.isZero()) {
      throw new PutOffUntil(closed, call.host() + " has not answered for a while");
    }
    long begin = System.nanoTime();
    try {
      Answer answer = calls.send(call);
      circuits.answered(origin);
      return requests.exchange(call, answer, Duration.ofNanos(System.nanoTime() - begin));
    } catch (CallFailed e) {
      if (e.kind() != CallFailed.Kind.REFUSED && e.kind() != CallFailed.Kind.BROKEN) {
        circuits.failed(origin);
      }
      throw e;
    }
  }

  private HttpRequests requests(ExternalTask task) {
    return new HttpRequests(task, spec(task), new Disclosure(secrets.apply(task)));
  }

  private static HttpSpec spec(ExternalTask task) {
    return (HttpSpec) Objects.requireNonNull(task.spec().external());
  }

  /** The host is left alone now. */
  private static final class PutOffUntil extends Exception {
    private static final long serialVersionUID = 1L;
    private final Duration delay;
    private final String why;

    PutOffUntil(Duration delay, String why) {
      super(why, null, false, false);
      this.delay = delay;
      this.why = why;
    }
  }
}

package io.hodei.web.http;

import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Audit;
import io.hodei.security.Idempotency;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Makes the responses of resources; what changes something goes through {@link #once}. */
@Dependent
public class Answers {
  private static final int LONGEST_KEY = 255;

  private final HttpServletRequest request;
  private final CurrentCaller caller;
  private final Idempotency idempotency;
  private final Audit audit;
  private final DatabaseGuard database;

  @Inject
  public Answers(
      HttpServletRequest request,
      CurrentCaller caller,
      Idempotency idempotency,
      Audit audit,
      DatabaseGuard database) {
    this.request = request;
    this.caller = caller;
    this.idempotency = idempotency;
    this.audit = audit;
    this.database = database;
  }

  /** Reads something from the database. */
  public <T> T read(Supplier<T> work) {
    return database.call(work);
  }

  /** Does a change and audits it in the same transaction. */
  public <T> T change(String action, String target, String detail, Supplier<T> work) {
    return database.call(() -> audited(action, target, detail, work));
  }

  /** The same, for use inside of {@link #once}. */
  public <T> T audited(String action, String target, String detail, Supplier<T> work) {
    return audit.during(caller.get(), new Audit.Change(action, target, detail), work);
  }

  /**
   * Answers a POST. With an {@code Idempotency-Key} the work is done once, and its answer is kept
   * and given again.
   *
   * @param body what was sent, to tell a repetition from another request
   */
  public Response once(byte[] body, Supplier<Answer> work) {
    return onceByDigest(() -> sha256().digest(body), work);
  }

  /** The same for a body that is not kept: its digest is asked for only when there is a key. */
  public Response onceByDigest(Supplier<byte[]> bodyDigest, Supplier<Answer> work) {
    String key = request.getHeader("Idempotency-Key");
    if (key == null) {
      return of(database.call(work));
    }
    refuseBad(key);
    Idempotency.Use use =
        new Idempotency.Use(
            key,
            request.getMethod() + " " + request.getRequestURI(),
            digest(bodyDigest.get(), request));
    return of(database.call(() -> idempotency.once(caller.get(), use, work)));
  }

  /** Whether the request is to be done once only. */
  public boolean hasKey() {
    return request.getHeader("Idempotency-Key") != null;
  }

  /** A JSON body with a status. */
  public static Response json(int status, JsonWriter body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON).entity(body.toBytes()).build();
  }

  /** A JSON body of something that was made. */
  public static Response json(int status, JsonWriter body, String location) {
    return Response.status(status)
        .header("Location", location)
        .type(MediaType.APPLICATION_JSON)
        .entity(body.toBytes())
        .build();
  }

  public static Response ok(JsonWriter body) {
    return json(200, body);
  }

  /** A page of a list: one item more than asked for tells that there is another page. */
  public static <T> Response page(
      Query query, List<T> items, ToLongFunction<T> position, BiConsumer<JsonWriter, T> writer) {
    int limit = query.limit();
    List<T> shown = items.size() > limit ? items.subList(0, limit) : items;
    long next = items.size() > limit ? position.applyAsLong(shown.getLast()) : 0;
    return page(query, shown, next, writer);
  }

  /**
   * A page of a list.
   *
   * @param next the position after which the next one begins; 0 when this is the last
   */
  public static <T> Response page(
      Query query, List<T> items, long next, BiConsumer<JsonWriter, T> writer) {
    JsonWriter out = new JsonWriter(4096).object().array("items");
    items.forEach(item -> writer.accept(out, item));
    out.endArray();
    Response.ResponseBuilder response = Response.ok().type(MediaType.APPLICATION_JSON).status(200);
    if (next != 0) {
      String cursor = query.cursorAt(next);
      out.member("nextCursor", cursor);
      response.header("Link", "<" + query.next(cursor) + ">; rel=\"next\"");
    }
    return response.entity(out.endObject().toBytes()).build();
  }

  private static Response of(Answer answer) {
    Response.ResponseBuilder response = Response.status(answer.status());
    if (!answer.location().isEmpty()) {
      response.header("Location", answer.location());
    }
    if (answer.replayed()) {
      response.header("Idempotent-Replayed", "true");
    }
    return answer.body().isEmpty()
        ? response.build()
        : response
            .type(MediaType.APPLICATION_JSON)
            .entity(answer.body().getBytes(StandardCharsets.UTF_8))
            .build();
  }

  private static void refuseBad(String key) {
    boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
      throw new DomainException(
          ErrorCode.INVALID,
          "Idempotency-Key must be 1 to %d printable ASCII characters without spaces."
              .formatted(LONGEST_KEY));
    }
  }

  private static byte[] digest(byte[] bodyDigest, HttpServletRequest request) {
    MessageDigest digest = sha256();
    @Nullable String query = request.getQueryString();
    digest.update((query == null ? "" : query).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return digest.digest(bodyDigest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

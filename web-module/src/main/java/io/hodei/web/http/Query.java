package io.hodei.web.http;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request, read by type; what is wrong is said at once. */
public final class Query {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 500;

  private final UriInfo uri;
  private final MultivaluedMap<String, String> values;
  private final FieldErrors errors = new FieldErrors();

  public Query(UriInfo uri) {
    this.uri = uri;
    this.values = uri.getQueryParameters();
  }

  public FieldErrors errors() {
    return errors;
  }

  public @Nullable String text(String name) {
    return values.getFirst(name);
  }

  /** All values of a parameter that may be repeated. */
  public List<String> texts(String name) {
    return values.getOrDefault(name, List.of());
  }

  public boolean flag(String name) {
    String text = text(name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      errors.add("?" + name, "must be true or false");
    }
    return "true".equals(text);
  }

  public @Nullable Instant instant(String name) {
    String text = text(name);
    return text == null ? null : JsonFields.instantOf(text, "?" + name, errors);
  }

  /** How many items the page shall have. */
  public int limit() {
    String text = text("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    int value = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (value < 1 || value > MOST) {
      errors.add("?limit", "must be a whole number in 1.." + MOST);
      return DEFAULT_LIMIT;
    }
    return value;
  }

  /** Where the page begins: after this position; 0 at the start. */
  public long cursor() {
    String text = text("cursor");
    if (text == null) {
      return 0;
    }
    long position = Cursor.parse(text, scope());
    if (position <= 0) {
      errors.add(
          "?cursor",
          "is not a cursor of this list with these filters; take nextCursor of the page before");
      return 0;
    }
    return position;
  }

  /** The text by which the next page is asked for. */
  public String cursorAt(long position) {
    return Cursor.format(position, scope());
  }

  /** The address of the next page. */
  public String next(String cursor) {
    return uri.getRequestUriBuilder().replaceQueryParam("cursor", cursor).build().toString();
  }

  /** A cursor belongs to the list and the filters it was made for. */
  private String scope() {
    TreeMap<String, List<String>> filters = new TreeMap<>(values);
    filters.keySet().removeAll(List.of("cursor", "limit", "fields"));
    return uri.getPath() + filters;
  }
}

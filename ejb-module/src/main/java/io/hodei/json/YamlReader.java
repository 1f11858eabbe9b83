package io.hodei.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML 1.2 document as JSON, with the places of its parts. Where YAML leaves a doubt (a
 * number or a text?) it refuses instead of guessing. Aliases count as if they were written out, so
 * that a small text cannot become a large value.
 */
final class YamlReader {
  private static final int MAX_NODES = 500_000;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern OTHER_NUMBER =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private final String text;
  private final ParserImpl events;
  private final Map<String, Result> anchors = new HashMap<>();
  private int nodes;

  YamlReader(String text) {
    this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(Integer.MAX_VALUE).build();
    this.events = new ParserImpl(settings, new StreamReader(settings, this.text));
  }

  /** A value and its place. */
  record Result(Json json, Document.Node node, int size) {}

  Result read() {
    try {
      events.next();
      if (events.checkEvent(Event.ID.StreamEnd)) {
        throw JsonRefused.yaml(1, 1, "there is nothing in it");
      }
      events.next();
      Result result = value(events.next(), 0, Optional.empty());
      events.next();
      if (!events.checkEvent(Event.ID.StreamEnd)) {
        throw refused(events.peekEvent(), "there is a second document; only one is read");
      }
      return result;
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      String problem = e.getProblem() == null ? "it cannot be read" : e.getProblem();
      throw JsonRefused.yaml(line(mark), column(mark), problem.replaceAll("\\s+", " "));
    } catch (YamlEngineException e) {
      throw JsonRefused.yaml(1, 1, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  /** The value that begins with an event; objects and arrays stand where their key does. */
  private Result value(Event event, int depth, Optional<Mark> key) {
    if (depth > JsonReader.MAX_DEPTH) {
      throw refused(event, "the nesting is deeper than " + JsonReader.MAX_DEPTH);
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    int before = nodes;
    count(1, event);
    refuseTag(event);
    Optional<Mark> place = key.or(event::getStartMark);
    Result result =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> array(depth, place);
          case MappingStartEvent start -> object(depth, place);
          default -> throw refused(event, "a value is missing");
        };
    Result sized = new Result(result.json(), result.node(), nodes - before);
    if (event instanceof NodeEvent node) {
      node.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), sized));
    }
    return sized;
  }

  private Result alias(AliasEvent alias) {
    Result known = anchors.get(alias.getAlias().getValue());
    if (known == null) {
      throw refused(
          alias, "there is no complete value before it with the anchor &" + alias.getAlias());
    }
    count(known.size(), alias);
    return known;
  }

  private Result object(int depth, Optional<Mark> place) {
    Map<String, Json> members = new LinkedHashMap<>();
    List<Document.Node> children = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw refused(event, "a key must be a text");
      }
      refuseTag(key);
      if (members.containsKey(key.getValue())) {
        throw refused(key, "the key \"" + shown(key.getValue()) + "\" is there twice")
            .of(key.getValue());
      }
      if (members.size() == JsonReader.MAX_KEYS) {
        throw refused(key, "an object has more than " + JsonReader.MAX_KEYS + " keys");
      }
      refuseSurrogates(key);
      Result member = value(events.next(), depth + 1, key.getStartMark());
      members.put(key.getValue(), member.json());
      children.add(member.node());
    }
    return new Result(new Json.Obj(members), node(place, 0, children), 0);
  }

  private Result array(int depth, Optional<Mark> place) {
    List<Json> items = new ArrayList<>();
    List<Document.Node> children = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      Result item = value(event, depth + 1, Optional.empty());
      items.add(item.json());
      children.add(item.node());
    }
    return new Result(new Json.Arr(items), node(place, 0, children), 0);
  }

  private Result scalar(ScalarEvent event) {
    refuseSurrogates(event);
    int shift = 0;
    if (event.isLiteral()) {
      shift = -1;
    } else if (line(event.getStartMark()) == line(event.getEndMark())) {
      int length = end(event) - start(event);
      int quotes = event.isPlain() ? 0 : 2;
      shift = length == event.getValue().length() + quotes ? 1 + quotes / 2 : 0;
    }
    Json json = event.isPlain() ? plain(event) : new Json.Text(event.getValue());
    return new Result(json, node(event.getStartMark(), shift, List.of()), 0);
  }

  private Json plain(ScalarEvent event) {
    String value = event.getValue();
    switch (value) {
      case "", "~", "null", "Null", "NULL" -> {
        return Json.Null.INSTANCE;
      }
      case "true", "True", "TRUE" -> {
        return new Json.Bool(true);
      }
      case "false", "False", "FALSE" -> {
        return new Json.Bool(false);
      }
      default -> {}
    }
    boolean mayBeNumber = "+-.0123456789".indexOf(value.charAt(0)) >= 0;
    if (mayBeNumber && NUMBER.matcher(value).matches()) {
      if (value.length() > JsonReader.MAX_NUMBER) {
        throw refused(
            event,
            "a number is longer than " + JsonReader.MAX_NUMBER + " characters; quote a text");
      }
      return new Json.Num(value);
    }
    if (mayBeNumber && OTHER_NUMBER.matcher(value).matches()) {
      throw refused(
          event,
          shown(value)
              + " may be a number or a text; put a text in quotes, write a number as JSON does");
    }
    return new Json.Text(value);
  }

  private void count(int more, Event event) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw refused(
          event, "with its aliases written out it has more than " + MAX_NODES + " values");
    }
  }

  private static void refuseTag(Event event) {
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case SequenceStartEvent start -> start.getTag();
          case MappingStartEvent start -> start.getTag();
          default -> Optional.empty();
        };
    if (tag.isPresent() && !tag.get().equals("!")) {
      throw refused(event, "a tag is not allowed; quote what shall be a text");
    }
  }

  private static void refuseSurrogates(ScalarEvent event) {
    boolean lone = event.getValue().codePoints().anyMatch(c -> c >= 0xd800 && c < 0xe000);
    if (lone) {
      throw refused(event, "half of a surrogate pair stands alone");
    }
  }

  private static JsonRefused refused(Event event, String what) {
    return JsonRefused.yaml(line(event.getStartMark()), column(event.getStartMark()), what);
  }

  private static Document.Node node(Optional<Mark> mark, int shift, List<Document.Node> children) {
    return new Document.Node(line(mark), column(mark), shift, children);
  }

  private static int start(Event event) {
    return event.getStartMark().map(Mark::getIndex).orElse(0);
  }

  private static int end(Event event) {
    return event.getEndMark().map(Mark::getIndex).orElse(0);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private static int column(Optional<Mark> mark) {
    return mark.map(Mark::getColumn).orElse(0) + 1;
  }

  private static String shown(String text) {
    String printable = text.length() > 64 ? text.substring(0, 64) + "…" : text;
    return printable.replaceAll("\\p{Cntrl}", "?");
  }
}

package io.hodei.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** A value read from JSON or YAML that knows where each of its parts stands in the text. */
public final class Document {
  private final Json json;
  private final Node root;
  private final String text;

  private Document(Json json, Node root, String text) {
    this.json = json;
    this.root = root;
    this.text = text;
  }

  /**
   * Reads JSON.
   *
   * @throws JsonRefused when it is none
   */
  public static Document ofJson(byte[] bytes) {
    Json json = JsonReader.read(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return new Document(json, new JsonPlaces(text).read(), text);
  }

  /**
   * Reads YAML 1.2 (core schema): one document, no tags, no keys that are there twice.
   *
   * @throws JsonRefused when it is none
   */
  public static Document ofYaml(byte[] bytes) {
    String text = utf8(bytes);
    YamlReader.Result result = new YamlReader(text).read();
    return new Document(result.json(), result.node(), text);
  }

  public Json json() {
    return json;
  }

  /**
   * Where the part stands that a JSON Pointer names; for one that is not there, the nearest that
   * would hold it.
   */
  public Place at(String pointer) {
    Node node = find(pointer);
    return new Place(node.line(), node.column());
  }

  /** Where a character of a text stands; the place of the text where that cannot be told. */
  public Place at(String pointer, int offset) {
    Node node = find(pointer);
    if (node.shift() > 0) {
      return new Place(node.line(), node.column() + node.shift() - 1 + offset);
    }
    if (node.shift() < 0 && valueAt(pointer) instanceof Json.Text value) {
      return inBlock(node, value.value(), offset);
    }
    return new Place(node.line(), node.column());
  }

  /** In a literal block, whose lines begin below its place. */
  private Place inBlock(Node node, String value, int offset) {
    int end = Math.min(offset, value.length());
    int newlines = 0;
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (value.charAt(i) == '\n') {
        newlines++;
        start = i + 1;
      }
    }
    int line = node.line() + 1 + newlines;
    List<String> lines = text.lines().skip(line - 1).limit(1).toList();
    if (lines.isEmpty()) {
      return new Place(node.line(), node.column());
    }
    int rest = value.indexOf('\n', start);
    String wanted = value.substring(start, rest < 0 ? value.length() : rest);
    int indent = Math.max(0, lines.getFirst().indexOf(wanted));
    return new Place(line, indent + end - start + 1);
  }

  private Json valueAt(String pointer) {
    Json value = json;
    for (String name : names(pointer)) {
      Json next = member(value, name);
      if (next == value) {
        return value;
      }
      value = next;
    }
    return value;
  }

  private static Json member(Json value, String name) {
    if (value instanceof Json.Obj object && object.members().containsKey(name)) {
      return object.members().getOrDefault(name, value);
    }
    int index = value instanceof Json.Arr ? index(name) : -1;
    return value instanceof Json.Arr array && index >= 0 && index < array.items().size()
        ? array.items().get(index)
        : value;
  }

  private Node find(String pointer) {
    Json value = json;
    Node node = root;
    for (String name : names(pointer)) {
      int index = indexOf(value, name);
      if (index < 0 || index >= node.children().size()) {
        return node;
      }
      value = member(value, name);
      node = node.children().get(index);
    }
    return node;
  }

  private static int indexOf(Json value, String name) {
    if (value instanceof Json.Arr) {
      return index(name);
    }
    if (value instanceof Json.Obj object) {
      Iterator<String> keys = object.members().keySet().iterator();
      for (int i = 0; keys.hasNext(); i++) {
        if (keys.next().equals(name)) {
          return i;
        }
      }
    }
    return -1;
  }

  private static int index(String name) {
    return name.length() < 8 && !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(name)
        : -1;
  }

  private static List<String> names(String pointer) {
    return pointer.isEmpty()
        ? List.of()
        : List.of(pointer.substring(1).split("/", -1)).stream()
            .map(name -> name.replace("~1", "/").replace("~0", "~"))
            .toList();
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw JsonRefused.yaml(1, 1, "the text is not UTF-8");
    }
  }

  /**
   * The place of a value.
   *
   * @param shift of a text on one line: 1 and the characters between its place and its first one;
   *     -1: a literal block; 0: all else
   * @param children of an object or array, in their order
   */
  record Node(int line, int column, int shift, List<Node> children) {}
}

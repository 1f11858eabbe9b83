package io.hodei.it.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Texts that set {@code __pwned} or open a dialog where a page takes text for markup, an address or
 * code.
 */
final class Payloads {
  private static final List<String> BEFORE =
      List.of(
          "",
          "'",
          "\"",
          "`",
          "'>",
          "\">",
          "-->",
          "</script>",
          "</style>",
          "</title>",
          "</textarea>",
          "]]>",
          "${",
          "{{",
          "*/",
          "\\",
          "&gt;",
          "\u2028",
          "\u202e",
          "javascript:");
  private static final List<String> TAGS =
      List.of(
          "img src=x",
          "svg",
          "body",
          "iframe",
          "video src=x",
          "audio src=x",
          "input autofocus",
          "details open",
          "marquee",
          "object data=x",
          "a href=javascript:__pwned=1",
          "math",
          "embed src=x",
          "style",
          "link rel=stylesheet href=x");
  private static final List<String> EVENTS =
      List.of(
          "onerror",
          "onload",
          "onfocus",
          "onclick",
          "onmouseover",
          "ontoggle",
          "onstart",
          "onpointerenter",
          "ONERROR",
          "oNlOaD");
  private static final List<String> ACTIONS =
      List.of(
          "__pwned=1",
          "alert(1)",
          "self['__pwned']=1",
          "eval('__pwned=1')",
          "import('data:text/javascript,__pwned=1')");

  private Payloads() {}

  /** So many different ones, none longer than the name of a job may be. */
  static List<String> all(int count) {
    List<String> made = new ArrayList<>();
    for (String action : ACTIONS) {
      for (String before : BEFORE) {
        made.add(before + "<script>" + action + "</script>");
        made.add(before + "${" + action + "}");
        for (String tag : TAGS) {
          for (String event : EVENTS) {
            made.add(before + "<" + tag + " " + event + "=" + action + ">");
          }
        }
      }
    }
    if (made.size() < count) {
      throw new IllegalArgumentException("only " + made.size());
    }
    Collections.shuffle(made, new Random(7));
    return List.copyOf(made.subList(0, count));
  }
}

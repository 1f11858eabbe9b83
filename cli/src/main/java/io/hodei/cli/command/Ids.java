package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.util.List;
import java.util.Locale;

/** Full ids from what people type. */
final class Ids {
  private static final int FULL_LENGTH = 13;
  private static final int SEARCHED = 500;

  private Ids() {}

  /**
   * A full id as it is; a shorter one is looked for at the beginning and the end of the ids of the
   * newest 500 jobs (ids are sorted by time, so their ends differ first).
   */
  static String job(Api api, String given) {
    return full(api, given, "job", "/api/v1/jobs?fields=id");
  }

  /** The same for runs. */
  static String run(Api api, String given) {
    return full(api, given, "run", "/api/v1/runs?fields=id");
  }

  private static String full(Api api, String given, String kind, String list) {
    String id = given.strip().toUpperCase(Locale.ROOT);
    if (!id.matches("[0-9A-Z]{1," + FULL_LENGTH + "}")) {
      throw Failure.usage("%s is not a %s id\n  do: hodei %ss ls".formatted(given, kind, kind));
    }
    if (id.length() == FULL_LENGTH) {
      return id;
    }
    List<String> found =
        api.list(list, SEARCHED).stream()
            .map(one -> one.string("id"))
            .filter(known -> known.startsWith(id) || known.endsWith(id))
            .toList();
    return only(found, given, kind);
  }

  private static String only(List<String> found, String given, String kind) {
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new Failure(
          io.hodei.cli.ExitCode.NOT_FOUND,
          "None of the newest %d %ss has an id that begins or ends with %s\n  do: write the whole id; hodei %ss ls"
              .formatted(SEARCHED, kind, given, kind));
    }
    throw Failure.usage(
        "%s stands for %d %ss: %s\n  do: write more of the id"
            .formatted(
                given,
                found.size(),
                kind,
                String.join(", ", found.subList(0, Math.min(5, found.size())))));
  }

  /** The agent with this id or this name. */
  static String agent(Api api, String given) {
    if (given.strip().matches("[0-9A-Z]{" + FULL_LENGTH + "}")) {
      return given.strip();
    }
    return api.list("/api/v1/agents", SEARCHED).stream()
        .filter(
            agent ->
                agent.string("name").equals(given) || agent.string("id").equalsIgnoreCase(given))
        .map((Json agent) -> agent.string("id"))
        .findFirst()
        .orElse(given);
  }
}

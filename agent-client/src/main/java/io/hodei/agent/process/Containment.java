package io.hodei.agent.process;

import java.util.List;

/** How a process tree is held together, the strongest first. */
public enum Containment {
  /** A PID and mount namespace: the kernel ends the tree with its first process. Needs root. */
  NAMESPACE("namespace", "setpriv --pdeathsig KILL unshare -fp --kill-child --mount-proc"),
  /** The same within a user namespace, for an agent that is not root. */
  USER_NAMESPACE(
      "namespace",
      "setpriv --pdeathsig KILL unshare -Ufp --map-current-user --kill-child --mount-proc"),
  /** A PID namespace where /proc cannot be mounted anew. */
  BARE_NAMESPACE("namespace", "setpriv --pdeathsig KILL unshare -fp --kill-child"),
  /** Only the first process is sure to end with the agent; the rest is found by its environment. */
  PDEATHSIG("pdeathsig", "setpriv --pdeathsig KILL"),
  /** Nothing but the search for processes by their environment. */
  GROUP("group", "");

  private final String label;
  private final String prefix;

  Containment(String label, String prefix) {
    this.label = label;
    this.prefix = prefix;
  }

  /** The word the server knows it by. */
  public String label() {
    return label;
  }

  /** What stands in front of a command to contain it. */
  List<String> prefix() {
    return prefix.isEmpty() ? List.of() : List.of(prefix.split(" "));
  }

  /** Whether the kernel guarantees that nothing is left when the first process is gone. */
  boolean closed() {
    return label.equals("namespace");
  }
}

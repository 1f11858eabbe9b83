package io.hodei.agent.process;

import java.util.List;
import java.util.Set;

/** The processes of this host. */
interface ProcessTable {
  /** All processes that run now; zombies are not among them. */
  List<ProcessEntry> snapshot();

  /** Pids of the processes that carry this entry ({@code NAME=value}) in their environment. */
  Set<Long> carrying(String entry);

  static ProcessTable ofThisHost() {
    return LinuxProcessTable.available() ? new LinuxProcessTable() : new PortableProcessTable();
  }
}

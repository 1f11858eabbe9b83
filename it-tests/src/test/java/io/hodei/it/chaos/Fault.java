package io.hodei.it.chaos;

import io.hodei.it.testing.ExtraAgent;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What happens to a site; each one has healed when its method returns. */
enum Fault {
  NODE_KILLED {
    @Override
    void strike(Site site, int part) {
      site.node(part).kill();
      site.restart(part);
    }
  },
  AGENT_JVM_KILLED {
    @Override
    void strike(Site site, int part) {
      site.agent(part).killJvm();
      site.agent(part).start();
    }
  },
  AGENT_TREE_KILLED {
    @Override
    void strike(Site site, int part) {
      ExtraAgent agent = site.agent(part);
      agent.killTree();
      lasts(Duration.ofSeconds(2));
      agent.start();
    }
  },
  DATABASE_CRASHED {
    @Override
    void strike(Site site, int part) {
      site.crashDatabase();
    }
  },
  GRID_WIPED {
    @Override
    void strike(Site site, int part) {
      site.wipeGrid();
    }
  },
  AGENT_CUT_BRIEFLY {
    @Override
    void strike(Site site, int part) {
      site.cut(part);
      lasts(Duration.ofSeconds(5));
      site.heal(part);
    }
  },
  AGENT_CUT_LONG {
    @Override
    void strike(Site site, int part) {
      site.cut(part);
      lasts(Duration.ofSeconds(30));
      site.heal(part);
    }
  },
  AGENT_SILENT_LONG {
    @Override
    void strike(Site site, int part) {
      site.silence(part);
      lasts(Duration.ofSeconds(30));
      site.heal(part);
    }
  },
  /** What the agent sends is lost, and then the connection. */
  AGENT_MUTE {
    @Override
    void strike(Site site, int part) {
      site.mute(part);
      lasts(Duration.ofMillis(2_500));
      site.heal(part);
    }
  },
  /** What the node answers is lost, and then the connection. */
  AGENT_DEAF {
    @Override
    void strike(Site site, int part) {
      site.deafen(part);
      lasts(Duration.ofMillis(2_500));
      site.heal(part);
    }
  },
  AGENT_STOPPED {
    @Override
    void strike(Site site, int part) {
      site.agent(part).suspend();
      lasts(Duration.ofSeconds(16));
      site.agent(part).resume();
    }
  },
  NODE_AND_DATABASE_AND_GRID {
    @Override
    void strike(Site site, int part) {
      site.wipeGrid();
      site.node(part).kill();
      site.crashDatabase();
      site.restart(part);
    }
  };

  /**
   * @param part the number of the node or agent that is hit
   */
  abstract void strike(Site site, int part);

  /** Whether it hits an agent or its network; the others hit the servers. */
  boolean ofAgent() {
    return name().startsWith("AGENT");
  }

  /** A fault has a length; nothing is waited for. */
  static void lasts(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
    }
  }
}

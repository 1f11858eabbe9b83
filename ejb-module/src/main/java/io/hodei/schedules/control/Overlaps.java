package io.hodei.schedules.control;

import io.hodei.schedules.control.FiringRows.Open;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.OverlapPolicy;
import io.hodei.schedules.entity.Tick;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of ticks beside jobs that still run. Pure.
 *
 * @param decisions one per tick, in order
 * @param cancelOthers whether what runs shall end
 * @param dropBuffered whether what waits is replaced
 */
record Overlaps(List<Decision> decisions, boolean cancelOthers, boolean dropBuffered) {
  static final int MOST_BUFFERED = 1_000;
  static final String REPLACED = "a later tick took its place";

  /**
   * What becomes of one tick.
   *
   * @param reason empty: none
   */
  record Decision(Tick tick, String state, String reason) {
    static Decision start(Tick tick) {
      return new Decision(tick, Firing.STARTED, "");
    }

    static Decision buffer(Tick tick) {
      return new Decision(tick, Firing.BUFFERED, "waits for the end of the job before it");
    }

    static Decision skip(Tick tick, String why) {
      return new Decision(tick, Firing.SKIPPED, why);
    }
  }

  static Overlaps of(OverlapPolicy policy, List<Tick> ticks, Open open) {
    return switch (policy) {
      case ALLOW_ALL -> new Overlaps(ticks.stream().map(Decision::start).toList(), false, false);
      case SKIP -> buffering(ticks, open, 0, "the job before it still runs");
      case BUFFER_ONE -> buffering(ticks, open, 1, "another tick waits already");
      case BUFFER_ALL ->
          buffering(ticks, open, MOST_BUFFERED, MOST_BUFFERED + " ticks wait already");
      case CANCEL_OTHER -> lastOnly(ticks, open, open.active() > 0);
      case TERMINATE_OTHER -> lastOnly(ticks, open, false);
    };
  }

  private static Overlaps buffering(List<Tick> ticks, Open open, int most, String full) {
    List<Decision> decisions = new ArrayList<>();
    int active = open.active();
    int buffered = open.buffered();
    for (Tick tick : ticks) {
      if (active == 0 && buffered == 0) {
        decisions.add(Decision.start(tick));
        active++;
      } else if (buffered < most) {
        decisions.add(Decision.buffer(tick));
        buffered++;
      } else {
        decisions.add(Decision.skip(tick, full));
      }
    }
    return new Overlaps(decisions, false, false);
  }

  private static Overlaps lastOnly(List<Tick> ticks, Open open, boolean waits) {
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < ticks.size(); i++) {
      Tick tick = ticks.get(i);
      if (i < ticks.size() - 1) {
        decisions.add(Decision.skip(tick, REPLACED));
      } else {
        decisions.add(waits ? Decision.buffer(tick) : Decision.start(tick));
      }
    }
    boolean any = !ticks.isEmpty();
    return new Overlaps(decisions, any && open.active() > 0, any && open.buffered() > 0);
  }
}

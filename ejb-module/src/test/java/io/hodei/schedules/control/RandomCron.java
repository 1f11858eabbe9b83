package io.hodei.schedules.control;

import java.util.Random;
import java.util.StringJoiner;

/** Cron expressions of five fields by dice, with everything the grammar has. */
final class RandomCron {
  private RandomCron() {}

  static String next(Random random) {
    return String.join(
        " ",
        list(random, 0, 59, 2),
        random.nextInt(3) == 0 ? "*/2" : list(random, 0, 23, 2),
        day(random),
        month(random),
        weekday(random));
  }

  private static String day(Random random) {
    String day =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> "*";
          case 3 -> "L";
          case 4 -> "LW";
          case 5 -> "L-" + random.nextInt(10);
          case 6 -> (1 + random.nextInt(31)) + "W";
          default -> list(random, 1, 31, 3);
        };
    if (random.nextInt(6) == 0) {
      return day.equals("*") ? "?" : day + "," + (1 + random.nextInt(31));
    }
    return day;
  }

  private static String month(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> "*";
      case 3 -> pick(random, "JAN", "FEB", "MAR,APR", "OCT,NOV");
      default -> list(random, 1, 12, 3);
    };
  }

  private static String weekday(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> "*";
      case 3 -> pick(random, "SUN", "FRI", "5L", "FRIL", "0L", "7L");
      case 4 -> random.nextInt(8) + "#" + (1 + random.nextInt(5));
      case 5 -> pick(random, "MON#1", "SUN#5", "1#1,5L");
      case 6 -> pick(random, "5-7", "SAT,SUN", "?");
      default -> list(random, 0, 6, 3);
    };
  }

  private static String list(Random random, int min, int max, int most) {
    StringJoiner items = new StringJoiner(",");
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      items.add(item(random, min, max));
    }
    return items.toString();
  }

  private static String item(Random random, int min, int max) {
    int from = min + random.nextInt(max - min + 1);
    int to = from + random.nextInt(max - from + 1);
    return switch (random.nextInt(6)) {
      case 0 -> "*/" + (2 + random.nextInt(max));
      case 1 -> from + "-" + to;
      case 2 -> from + "-" + to + "/" + (1 + random.nextInt(7));
      case 3 -> from + "/" + (1 + random.nextInt(9));
      default -> String.valueOf(from);
    };
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

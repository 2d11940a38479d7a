package dev.gauntlet.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * One bracket of successive halving (Jamieson and Talwalkar 2016): stage i trains {@code size /
 * eta^i} points up to the share {@code eta^(i - last)} of their epochs, the best of the stage
 * before.
 *
 * @param last the number of the last stage, from 0, whose points are trained for all epochs
 */
record Bracket(int size, int last, int eta) {

  /**
   * Walks through what was trained of this bracket.
   *
   * @param points of the first stage, if it is not trained yet
   * @param past moves to the end of the bracket, if it is over
   * @return the next stage; empty if the bracket is over
   */
  List<Proposal> next(Supplier<List<double[]>> points, Past past) {
    if (past.isOver()) {
      return points.get().stream().map(point -> new Proposal(point, share(0))).toList();
    }
    List<Evaluated> stage = past.take(size);
    for (int i = 1; i <= last; i++) {
      List<Evaluated> best = best(stage, width(i));
      if (best.isEmpty() || past.isOver()) {
        double share = share(i);
        return best.stream().map(one -> new Proposal(one.point(), share)).toList();
      }
      stage = past.take(best.size());
    }
    return List.of();
  }

  private double share(int stage) {
    return Math.pow(eta, stage - last);
  }

  private int width(int stage) {
    return (int) Math.max(1, Math.floor(size / Math.pow(eta, stage) + 1e-9));
  }

  /** Those without a score are never promoted; equal ones by their order. */
  private static List<Evaluated> best(List<Evaluated> stage, int count) {
    return stage.stream()
        .filter(one -> Double.isFinite(one.cost()))
        .sorted(Comparator.comparingDouble(Evaluated::cost))
        .limit(count)
        .toList();
  }

  /** A walk through the history. */
  static final class Past {
    private final List<Evaluated> history;
    private int place;

    Past(List<Evaluated> history) {
      this.history = history;
    }

    boolean isOver() {
      return place >= history.size();
    }

    private List<Evaluated> take(int count) {
      List<Evaluated> taken = history.subList(place, Math.min(history.size(), place + count));
      place += taken.size();
      return taken;
    }
  }
}

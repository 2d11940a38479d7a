package dev.gauntlet.data;

import dev.gauntlet.config.Seed;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows belong to which shard. The training, validation and test rows of a split are dealt at
 * random, each to all shards, so that a shard has its part of each; folds take those of their rows
 * that a shard has. A function of split, size and seed, never of where shards are.
 *
 * <p>A shard is in pieces of at most {@value #PIECE} numbers, which are read one by one.
 */
public final class Sharding implements Serializable {
  private static final long serialVersionUID = 1L;

  /** 64 MiB. */
  public static final int PIECE = 1 << 24;

  private final int shards;
  private final int window;
  private final int[][] pieces;
  private final int[] shardOf;
  private transient int[] pieceOf;
  private transient int[] placeOf;

  private Sharding(int shards, int window, List<int[]> pieces, List<Integer> shardOf) {
    this.shards = shards;
    this.window = window;
    this.pieces = pieces.toArray(int[][]::new);
    this.shardOf = shardOf.stream().mapToInt(Integer::intValue).toArray();
    find();
  }

  /** Deals all rows of a split. */
  public static Sharding of(Split split, int columns, int shards, Seed seed) {
    return of(split, columns, shards, seed, PIECE);
  }

  /**
   * @param numbers of a piece, at most
   */
  static Sharding of(Split split, int columns, int shards, Seed seed, int numbers) {
    int rows = Math.max(1, numbers / Math.max(1, columns));
    List<int[]> pieces = new ArrayList<>();
    List<Integer> shardOf = new ArrayList<>();
    int[][] parts = {split.train(), split.validation(), split.test()};
    for (int part = 0; part < parts.length; part++) {
      long together = (long) shards * rows;
      int each = (int) Math.max(1, (parts[part].length + together - 1) / together);
      int[][] dealt = deal(parts[part], shards * each, seed.derive("shards", part));
      for (int piece = 0; piece < dealt.length; piece++) {
        pieces.add(dealt[piece]);
        shardOf.add(piece / each);
      }
    }
    return new Sharding(shards, rows, pieces, shardOf);
  }

  /** Into hands whose sizes differ by one at most. */
  private static int[][] deal(int[] rows, int hands, Seed seed) {
    int[] shuffled = rows.clone();
    Split.shuffle(shuffled, 0, shuffled.length, seed.random());
    int[][] dealt = new int[hands][];
    for (int hand = 0; hand < hands; hand++) {
      int from = (int) ((long) rows.length * hand / hands);
      int to = (int) ((long) rows.length * (hand + 1) / hands);
      dealt[hand] = Arrays.copyOfRange(shuffled, from, to);
      Arrays.sort(dealt[hand]);
    }
    return dealt;
  }

  private void find() {
    int rows = Arrays.stream(pieces).mapToInt(piece -> piece.length).sum();
    pieceOf = new int[rows];
    placeOf = new int[rows];
    for (int piece = 0; piece < pieces.length; piece++) {
      for (int place = 0; place < pieces[piece].length; place++) {
        pieceOf[pieces[piece][place]] = piece;
        placeOf[pieces[piece][place]] = place;
      }
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    find();
  }

  public int shards() {
    return shards;
  }

  public int pieces() {
    return pieces.length;
  }

  /** Rows of the dataset, ascending; not to be changed. */
  public int[] piece(int piece) {
    return pieces[piece];
  }

  /** The piece that has a row. */
  public int pieceOf(int row) {
    return pieceOf[row];
  }

  /** Where in its piece a row is, from 0. */
  public int placeOf(int row) {
    return placeOf[row];
  }

  /**
   * Those of some rows that a shard has, in windows of as many whole pieces as are no larger than a
   * piece may be. Where a shard is small there is one window, and with one shard that is all rows.
   *
   * @param rows ascending
   * @return ascending in each window; no window is empty
   */
  public List<int[]> windows(int shard, int[] rows) {
    int[] counts = new int[pieces.length];
    for (int row : rows) {
      counts[pieceOf[row]]++;
    }
    int[] windowOf = new int[pieces.length];
    List<Integer> sizes = new ArrayList<>();
    int whole = 0;
    for (int piece = 0; piece < pieces.length; piece++) {
      if (shardOf[piece] != shard || counts[piece] == 0) {
        windowOf[piece] = -1;
        continue;
      }
      int last = sizes.size() - 1;
      if (last >= 0 && whole + pieces[piece].length <= window) {
        sizes.set(last, sizes.get(last) + counts[piece]);
        whole += pieces[piece].length;
      } else {
        sizes.add(counts[piece]);
        whole = pieces[piece].length;
      }
      windowOf[piece] = sizes.size() - 1;
    }
    List<int[]> windows = new ArrayList<>();
    sizes.forEach(size -> windows.add(new int[size]));
    int[] filled = new int[windows.size()];
    for (int row : rows) {
      int in = windowOf[pieceOf[row]];
      if (in >= 0) {
        windows.get(in)[filled[in]++] = row;
      }
    }
    return windows;
  }

  /**
   * In which order to go through rows, so that each piece is read once: piece after piece; as they
   * stand, if what they are in is no more than a piece may be.
   *
   * @param rows of any shards
   * @return places in {@code rows}
   */
  public int[] order(int[] rows) {
    int[] starts = new int[pieces.length + 1];
    for (int row : rows) {
      starts[pieceOf[row] + 1]++;
    }
    long whole = 0;
    for (int piece = 0; piece < pieces.length; piece++) {
      whole += starts[piece + 1] > 0 ? pieces[piece].length : 0;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] order = new int[rows.length];
    for (int place = 0; place < rows.length; place++) {
      order[whole <= window ? place : starts[pieceOf[rows[place]]]++] = place;
    }
    return order;
  }
}

package dev.gauntlet.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gauntlet.config.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardingTest {
  private static final int COLUMNS = 10;
  private static final Split SPLIT = split(700, 150, 150);

  private static Split split(int train, int validation, int test) {
    int[] rows = IntStream.range(0, train + validation + test).toArray();
    Split.shuffle(rows, 0, rows.length, new Seed(3).random());
    int[][] parts = {
      Arrays.copyOfRange(rows, 0, train),
      Arrays.copyOfRange(rows, train, train + validation),
      Arrays.copyOfRange(rows, train + validation, rows.length)
    };
    for (int[] part : parts) {
      Arrays.sort(part);
    }
    return new Split(parts[0], parts[1], parts[2]);
  }

  private static int[] joined(List<int[]> windows) {
    return windows.stream().flatMapToInt(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 16777216", "3, 16777216", "4, 500", "7, 1000", "1000, 100"})
  void windows_anyShards_haveEachRowOnce(int shards, int numbers) {
    var sharding = Sharding.of(SPLIT, COLUMNS, shards, new Seed(1), numbers);

    for (int[] rows : List.of(SPLIT.train(), SPLIT.test(), SPLIT.development())) {
      List<Integer> all = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        List<int[]> windows = sharding.windows(shard, rows);
        assertThat(windows).allSatisfy(one -> assertThat(one).isSorted().isNotEmpty());
        assertThat(windows).allMatch(one -> one.length * COLUMNS <= numbers);
        Arrays.stream(joined(windows)).forEach(all::add);
      }
      assertThat(all).hasSize(rows.length).doesNotHaveDuplicates();
      assertThat(all.stream().sorted().mapToInt(i -> i).toArray()).isEqualTo(rows);
    }
  }

  @Test
  void windows_oneSmallShard_areTheRowsThemselves() {
    var sharding = Sharding.of(SPLIT, COLUMNS, 1, new Seed(1));

    assertThat(sharding.windows(0, SPLIT.development())).containsExactly(SPLIT.development());
  }

  @Test
  void of_manyShards_haveTheirShareOfEachPart() {
    var sharding = Sharding.of(SPLIT, COLUMNS, 8, new Seed(1));

    for (int shard = 0; shard < 8; shard++) {
      assertThat(joined(sharding.windows(shard, SPLIT.train())).length).isBetween(87, 88);
      assertThat(joined(sharding.windows(shard, SPLIT.validation())).length).isBetween(18, 19);
    }
    int[] first = joined(sharding.windows(0, SPLIT.train()));
    assertThat(first(new Seed(1))).isEqualTo(first);
    assertThat(first(new Seed(2))).isNotEqualTo(first);
  }

  private static int[] first(Seed seed) {
    return joined(Sharding.of(SPLIT, COLUMNS, 8, seed).windows(0, SPLIT.train()));
  }

  @Test
  void piece_eachRow_isWhereItSays() {
    var sharding = Sharding.of(SPLIT, COLUMNS, 4, new Seed(1), 500);

    assertThat(sharding.pieces()).isGreaterThan(12);
    for (int row = 0; row < 1000; row++) {
      assertThat(sharding.piece(sharding.pieceOf(row))[sharding.placeOf(row)]).isEqualTo(row);
    }
  }

  @Test
  void order_manyPieces_isPieceAfterPieceAndOfFewAsTheyStand() {
    int[] rows = SPLIT.development();
    var large = Sharding.of(SPLIT, COLUMNS, 3, new Seed(1), 500);
    var small = Sharding.of(SPLIT, COLUMNS, 3, new Seed(1));

    int[] order = large.order(rows);

    assertThat(Arrays.stream(order).map(place -> large.pieceOf(rows[place])).toArray()).isSorted();
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, rows.length).toArray());
    assertThat(small.order(rows)).isEqualTo(IntStream.range(0, rows.length).toArray());
  }
}

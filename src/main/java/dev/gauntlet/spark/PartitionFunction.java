package dev.gauntlet.spark;

import java.io.Serializable;

/** What is done with the rows of one partition, where they are. */
interface PartitionFunction<R> extends Serializable {

  /** Rows are one object that changes. */
  R apply(CaughtRows rows);
}

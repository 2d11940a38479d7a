package dev.gauntlet.engine.fused;

import dev.gauntlet.data.Rows;

/**
 * What computes. The engine reads networks, seeds them and follows their schedules; every number of
 * a step or of a prediction is a device's. Used by many threads at once.
 */
interface Device {

  /**
   * A network to train, without weights until they are {@linkplain Program#restore put in}.
   *
   * @param batch rows of a step, at most
   */
  Program program(Plan plan, Layout layout, Examples examples, int batch);

  /**
   * Of a network that is not trained any more, as {@link Program#predictions}.
   *
   * @param parameters in the order of the layout
   */
  float[] predictions(Plan plan, Layout layout, float[] parameters, Rows rows);
}

package dev.gauntlet.engine.base;

import dev.gauntlet.config.Seed;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer as DL4J computes it, or what DL4J has in front of one. */
interface LayerStep extends Step {

  INDArray apply(INDArray in, LayerWorkspaceMgr workspaces);

  @Override
  default Activations apply(Activations in, Seed pass, int firstRow) {
    INDArray features = Nd4j.create(in.values(), in.shape(), 'c');
    INDArray output = apply(features, LayerWorkspaceMgr.noWorkspaces());
    NativeMemory.step();
    return new Activations(DenseStep.floats(output), output.shape());
  }

  static LayerStep reshaping(InputPreProcessor reshape) {
    return (in, workspaces) -> reshape.preProcess(in, (int) in.size(0), workspaces);
  }

  /** In inference mode. */
  static LayerStep plain(Layer layer) {
    return (in, workspaces) -> {
      INDArray out = layer.activate(in, false, workspaces);
      layer.clear();
      return out;
    };
  }

  /** With DL4J's own noise, from a generator that is seeded for each tile. */
  static Step noisy(int index, Layer layer) {
    LayerStep noise =
        (in, workspaces) -> {
          INDArray out = layer.activate(in, true, workspaces);
          layer.clear();
          return out;
        };
    return (in, pass, firstRow) -> {
      Nd4j.getRandom().setSeed(pass.derive("noise", index, firstRow).value());
      return noise.apply(in, pass, firstRow);
    };
  }
}

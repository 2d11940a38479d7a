package dev.gauntlet.data.files;

import dev.gauntlet.config.DataConfig.Source;
import dev.gauntlet.config.Names;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The known sets. Sizes and SHA-256 of the images are those that TensorFlow Datasets checks ({@code
 * url_checksums}); the files of MNIST also have the MD5 that torchvision checks.
 */
final class KnownSets {
  private static final String MNIST_CITATION =
      "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition,"
          + " Proceedings of the IEEE 86 (1998)";
  private static final String FASHION_CITATION =
      "Xiao, Rasul, Vollgraf: Fashion-MNIST: a novel image dataset for benchmarking machine"
          + " learning algorithms, arXiv:1708.07747 (2017)";
  private static final String CIFAR_CITATION =
      "Krizhevsky: Learning multiple layers of features from tiny images, University of Toronto"
          + " (2009)";
  private static final String KITSUNE_CITATION =
      "Mirsky, Doitshman, Elovici, Shabtai: Kitsune: an ensemble of autoencoders for online network"
          + " intrusion detection, NDSS (2018), doi:10.24432/C5D90Q";

  private KnownSets() {}

  static KnownSet of(Source source) {
    return switch (source) {
      case MNIST -> mnist();
      case FASHION_MNIST -> fashionMnist();
      case CIFAR10 -> cifar10();
      case KITSUNE_MIRAI -> kitsuneMirai();
    };
  }

  private static KnownSet mnist() {
    List<String> mirrors =
        List.of(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "http://yann.lecun.com/exdb/mnist/");
    List<KnownFile> files =
        idx(
            mirrors,
            List.of(9_912_422L, 28_881L, 1_648_877L, 4_542L),
            List.of(
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"));
    return new KnownSet(Names.word(Source.MNIST), files, 0, "CC BY-SA 3.0", MNIST_CITATION);
  }

  private static KnownSet fashionMnist() {
    List<String> mirrors =
        List.of(
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/");
    List<KnownFile> files =
        idx(
            mirrors,
            List.of(26_421_880L, 29_515L, 4_422_102L, 5_148L),
            List.of(
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));
    return new KnownSet(Names.word(Source.FASHION_MNIST), files, 0, "MIT", FASHION_CITATION);
  }

  private static KnownSet cifar10() {
    String name = "cifar-10-binary.tar.gz";
    List<URI> mirrors =
        List.of(
            URI.create("https://www.cs.toronto.edu/~kriz/" + name),
            URI.create(
                "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/" + name));
    var archive =
        new KnownFile(
            List.of(name),
            mirrors,
            170_052_171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");
    return new KnownSet(
        Names.word(Source.CIFAR10), List.of(archive), 0, "none stated", CIFAR_CITATION);
  }

  /**
   * UCI's set 516. Rows of 116 numbers without a header: their own number, which tells the class
   * alone, and 115 features; labels 0 and 1 without a header. Copies elsewhere have headers, and
   * labels behind an index.
   */
  private static KnownSet kitsuneMirai() {
    String folder = "https://archive.ics.uci.edu/ml/machine-learning-databases/00516/mirai/";
    List<KnownFile> files =
        Stream.of("dataset", "labels")
            .map(
                what ->
                    new KnownFile(
                        List.of(
                            "Mirai_" + what + ".csv.gz",
                            "Mirai_" + what + ".csv",
                            "mirai_" + what + ".csv.gz",
                            "mirai_" + what + ".csv"),
                        List.of(URI.create(folder + "Mirai_" + what + ".csv.gz")),
                        -1,
                        null))
            .toList();
    return new KnownSet(
        Names.word(Source.KITSUNE_MIRAI), files, 115, "CC BY 4.0", KITSUNE_CITATION);
  }

  /** MNIST's four files, also unpacked, and with the dot that is in the original names. */
  private static List<KnownFile> idx(
      List<String> mirrors, List<Long> sizes, List<String> checksums) {
    List<String> names =
        List.of(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte");
    List<KnownFile> files = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String dotted = name.replace("-idx", ".idx");
      List<URI> uris = mirrors.stream().map(mirror -> URI.create(mirror + name + ".gz")).toList();
      files.add(
          new KnownFile(
              List.of(name + ".gz", name, dotted + ".gz", dotted),
              uris,
              sizes.get(i),
              checksums.get(i)));
    }
    return files;
  }
}

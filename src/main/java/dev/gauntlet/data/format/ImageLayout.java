package dev.gauntlet.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which files are rows: training before test, then by class, then by file name, in String order.
 * Reports everything in the tree that has no place in a layout.
 */
final class ImageLayout {
  private static final Set<String> PARTS = Set.of("train", "test");
  private static final String RULE = "the rule: " + ImageSource.LAYOUTS + ".";

  /**
   * An image.
   *
   * @param label a place in {@link ImageLayout#classes}
   */
  record Row(List<String> path, ImageHeader header, int label) {}

  private final ImageSource source;
  private final Faults faults;
  private final List<Row> rows = new ArrayList<>();
  private List<String> classes = List.of();
  private int testRows;

  private ImageLayout(ImageSource source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  static ImageLayout of(ImageSource source, ImageTree tree, Faults faults) {
    var layout = new ImageLayout(source, faults);
    ImageTree root = source.allowsTopFolder() ? layout.withoutTopFolder(tree) : tree;
    layout.looseImages(root);
    if (splits(root)) {
      layout.split(root);
    } else {
      layout.train(root);
    }
    return layout;
  }

  /** Sorted. */
  List<String> classes() {
    return classes;
  }

  List<Row> rows() {
    return rows;
  }

  /** How many of the last rows are for testing. */
  int testRows() {
    return testRows;
  }

  private ImageTree withoutTopFolder(ImageTree tree) {
    if (tree.folders().size() != 1) {
      return tree;
    }
    ImageTree top = tree.folders().firstEntry().getValue();
    boolean part = PARTS.contains(tree.folders().firstKey());
    if (part || top.folders().isEmpty()) {
      return tree;
    }
    looseImages(tree);
    return top;
  }

  /** A class may be called "train": its folder has no folders, and others stand beside it. */
  private static boolean splits(ImageTree root) {
    Set<String> names = root.folders().keySet();
    return !names.isEmpty()
        && (PARTS.containsAll(names) || PARTS.stream().anyMatch(part -> hasFolders(root, part)));
  }

  private static boolean hasFolders(ImageTree root, String part) {
    ImageTree folder = root.folders().get(part);
    return folder != null && !folder.folders().isEmpty();
  }

  private void split(ImageTree root) {
    for (Map.Entry<String, ImageTree> part : root.folders().entrySet()) {
      if (PARTS.contains(part.getKey())) {
        looseImages(part.getValue());
      } else {
        fault(part.getValue(), "a folder beside train or test; " + RULE + " Maybe move it away.");
      }
    }
    ImageTree train = root.folders().get("train");
    if (train == null) {
      fault(root, "a folder test and no folder train; " + RULE + " Maybe rename test to train.");
      return;
    }
    train(train);
    Optional.ofNullable(root.folders().get("test")).ifPresent(this::test);
  }

  private void train(ImageTree part) {
    requireClasses(part);
    classes = List.copyOf(part.folders().keySet());
    part.folders().values().forEach(this::addClass);
  }

  private void test(ImageTree part) {
    requireClasses(part);
    int trainRows = rows.size();
    NavigableMap<String, ImageTree> unknown = new TreeMap<>(part.folders());
    unknown.keySet().removeAll(classes);
    for (ImageTree folder : part.folders().values()) {
      if (unknown.containsValue(folder)) {
        fault(
            folder,
            "a class that train lacks; the rule: test has no other classes than train. Maybe one"
                + " of the two folders is misspelt.");
      }
      addClass(folder);
    }
    testRows = rows.size() - trainRows;
  }

  private void requireClasses(ImageTree part) {
    if (part.folders().isEmpty()) {
      fault(part, "no class folders; " + RULE + " Maybe another folder is meant.");
    }
  }

  private void addClass(ImageTree folder) {
    if (folder.empty()) {
      fault(
          folder,
          "an empty class folder; the rule: at least one image in each. Maybe delete the folder.");
    }
    for (ImageTree nested : folder.folders().values()) {
      fault(
          nested,
          "a folder in a class folder; " + RULE + " Maybe the source is one folder further down.");
    }
    folder.files().values().forEach(file -> addFile(folder, file));
  }

  private void addFile(ImageTree folder, ImageTree.File file) {
    if (!file.calledImage()) {
      faults.add(
          source.name(file.path()),
          "another file in a class folder; the rule: only .png, .jpg and .jpeg, or hidden files."
              + " Maybe move it away.");
    } else if (file.header().isEmpty()) {
      faults.add(source.name(file.path()), file.fault());
    } else {
      String name = folder.path().get(folder.path().size() - 1);
      rows.add(new Row(file.path(), file.header().get(), classes.indexOf(name)));
    }
  }

  /** Texts and the like may lie beside the classes; an image there was meant to be a row. */
  private void looseImages(ImageTree folder) {
    for (ImageTree.File file : folder.files().values()) {
      if (file.calledImage()) {
        faults.add(
            source.name(file.path()),
            "an image outside of a class folder; " + RULE + " Maybe move it into one.");
      }
    }
  }

  private void fault(ImageTree folder, String text) {
    boolean root = folder.path().isEmpty();
    faults.add(root ? source.name() : source.name(folder.path()), text);
  }
}

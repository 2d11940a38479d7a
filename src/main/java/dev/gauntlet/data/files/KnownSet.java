package dev.gauntlet.data.files;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A set that many know.
 *
 * @param name the word of {@code data.source}
 * @param files rows, then, as many as there are of them: labels, test rows, labels of test rows
 * @param features as {@link DataFiles#features}
 * @param licence in a few words
 * @param citation whom to cite, in one line
 */
record KnownSet(String name, List<KnownFile> files, int features, String licence, String citation) {
  KnownSet {
    files = List.copyOf(files);
  }

  /** What is known of it, with its files where they are now. */
  DataFiles at(List<SourceFile> places) {
    return new DataFiles(at(places, 0), at(places, 1), at(places, 2), at(places, 3), features);
  }

  private static List<SourceFile> at(List<SourceFile> places, int i) {
    return i < places.size() ? List.of(places.get(i)) : List.of();
  }

  String terms() {
    return "licence: " + licence + "; to cite: " + citation;
  }

  String fileNames() {
    return files.stream().map(KnownFile::name).collect(Collectors.joining(", "));
  }
}

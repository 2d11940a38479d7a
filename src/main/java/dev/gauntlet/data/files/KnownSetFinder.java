package dev.gauntlet.data.files;

import dev.gauntlet.config.DataFormat;
import dev.gauntlet.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the files of a known set in a folder, or downloads them. */
record KnownSetFinder(Finder finder, Downloader downloader) {

  /**
   * Adds a problem if there are none.
   *
   * @param place a folder; null to download
   */
  DataFiles find(KnownSet set, String place) {
    if (place == null) {
      return set.at(download(set));
    }
    if (finder.format() == DataFormat.CIFAR10) {
      return finder.batches(place);
    }
    return set.at(finder.search("data.path", place, (storage, folder) -> in(folder, storage, set)));
  }

  private List<SourceFile> download(KnownSet set) {
    try {
      return downloader.files(set).stream().map(SourceFile::of).toList();
    } catch (FileSystemException e) {
      String advice = ". Maybe set GAUNTLET_CACHE to another folder.";
      throw failed(set, "the cache folder cannot be written: " + e + advice);
    } catch (IOException e) {
      throw failed(set, e.getMessage() + ".");
    }
  }

  private static InvalidInputException failed(KnownSet set, String text) {
    return new InvalidInputException("data.source: " + set.name() + ": " + text);
  }

  private static List<SourceFile> in(String folder, Storage storage, KnownSet set)
      throws IOException {
    if (!storage.isFolder(folder)) {
      throw new IOException("no such folder; the rule: one with " + set.fileNames());
    }
    Map<String, String> there =
        storage.files(folder, name -> true).stream()
            .collect(Collectors.toMap(storage::name, Function.identity(), (a, b) -> a));
    List<String> missing = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (KnownFile file : set.files()) {
      file.names().stream()
          .filter(there::containsKey)
          .findFirst()
          .ifPresentOrElse(name -> found.add(there.get(name)), () -> missing.add(file.name()));
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          "no "
              + String.join(", no ", missing)
              + "; the rule: all files of "
              + set.name()
              + ", packed or not. Maybe remove data.path, then they are downloaded");
    }
    return Finder.fetch(storage, found);
  }
}

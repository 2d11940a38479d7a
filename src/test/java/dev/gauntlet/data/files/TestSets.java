package dev.gauntlet.data.files;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Known sets that nobody knows. */
final class TestSets {
  private TestSets() {}

  /** Bytes that compress badly, always the same. */
  static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static KnownFile file(byte[] content, URI... mirrors) {
    String sha256 = DigestUtils.sha256Hex(content);
    return new KnownFile(
        List.of("rows.bin", "rows"), Arrays.asList(mirrors), content.length, sha256);
  }

  static KnownSet set(KnownFile... files) {
    List<KnownFile> all = Stream.of(files).toList();
    return new KnownSet("tiny", all, 0, "public domain", "nobody");
  }
}

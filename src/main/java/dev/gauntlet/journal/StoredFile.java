package dev.gauntlet.journal;

import java.io.IOException;
import java.util.Optional;

/** A file of the run folder that belongs to a record, by its size and CRC-32C. */
record StoredFile(String name, int size, String crc) {

  /** Writes it; null for null bytes. */
  static StoredFile write(RunStorage storage, String name, byte[] bytes) throws IOException {
    if (bytes == null) {
      return null;
    }
    storage.replace(name, bytes);
    return new StoredFile(name, bytes.length, JournalLine.crc(bytes, 0, bytes.length));
  }

  /** What was written; empty if it is not there any more. */
  Optional<byte[]> read(RunStorage storage) throws IOException {
    return storage
        .read(name)
        .filter(bytes -> bytes.length == size && JournalLine.crc(bytes, 0, size).equals(crc));
  }
}

package dev.gauntlet.data.files;

/** Hears how files get here. What is here already is not mentioned. */
public interface TransferListener {
  /** Hears nothing. */
  TransferListener SILENT =
      new TransferListener() {
        @Override
        public void begins(String set, String terms) {}

        @Override
        public void moves(String file, long bytes, long total) {}

        @Override
        public void waits(String file) {}
      };

  /**
   * A known set is going to be downloaded.
   *
   * @param terms its licence and whom to cite
   */
  void begins(String set, String terms);

  /**
   * Some bytes are here; called several times a second, and once at the end.
   *
   * @param bytes how many, from 0
   * @param total of the file; -1 if not known
   */
  void moves(String file, long bytes, long total);

  /** Another process is bringing the same file, and this one waits for it. */
  void waits(String file);
}

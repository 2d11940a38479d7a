package dev.gauntlet.data.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void root_itsOwnVariable_goesFirst() {
    assertThat(
            CacheFolder.root(
                Map.of("GAUNTLET_CACHE", "/fast/g", "XDG_CACHE_HOME", "/xdg"), "/home"))
        .isEqualTo(Path.of("/fast/g"));
  }

  @Test
  void root_sharedVariable_hasAFolderOfItsOwn() {
    assertThat(CacheFolder.root(Map.of("XDG_CACHE_HOME", "/xdg"), "/home"))
        .isEqualTo(Path.of("/xdg/gauntlet"));
  }

  @Test
  void root_withoutVariables_isBelowHome() {
    assertThat(CacheFolder.root(Map.of(), "/home")).isEqualTo(Path.of("/home/.cache/gauntlet"));
    assertThat(CacheFolder.root(Map.of("GAUNTLET_CACHE", "", "XDG_CACHE_HOME", "here"), "/home"))
        .isEqualTo(Path.of("/home/.cache/gauntlet"));
  }
}

package dev.gauntlet.engine.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.factory.Nd4j;

class RecentArraysTest {

  @BeforeEach
  void keep() {
    RecentArrays.keep();
  }

  private static WeakReference<DataBuffer> unused() {
    return new WeakReference<>(Nd4j.create(3).data());
  }

  @Test
  void keep_twice_staysTheSame() {
    Object service = Nd4j.getDeallocatorService();

    RecentArrays.keep();

    assertThat(Nd4j.getDeallocatorService()).isSameAs(service);
  }

  @Test
  void pickObject_arrayThatNothingRefersTo_staysWhileItIsRecent() {
    WeakReference<DataBuffer> array = unused();

    System.gc();

    assertThat(array.get()).isNotNull();
  }

  @Test
  void pickObject_arrayThatIsNoLongerRecent_isFreed() {
    WeakReference<DataBuffer> array = unused();
    for (int i = 0; i < RecentArrays.KEPT; i++) {
      unused();
    }

    System.gc();

    assertThat(array.get()).isNull();
  }
}

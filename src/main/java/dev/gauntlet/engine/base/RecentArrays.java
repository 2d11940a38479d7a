package dev.gauntlet.engine.base;

import org.nd4j.linalg.api.memory.Deallocatable;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps the arrays that a thread made last reachable. ND4J hands the address of an array to native
 * code and then no longer refers to the array itself, so that the garbage collector may find it
 * unused and have it freed while native code reads it; compiled code of two trials side by side
 * died of that within a minute when the collector ran all the time. An array of which nothing else
 * is left is in use for one operation, and that makes far fewer arrays than {@link #KEPT}.
 */
final class RecentArrays extends DeallocatorService {
  /** Arrays of each thread. Most have their memory in a workspace and are small themselves. */
  static final int KEPT = 256;

  private final ThreadLocal<Ring> recent = ThreadLocal.withInitial(Ring::new);

  /** Makes ND4J use it; ND4J has no setting for that. Does nothing if it does already. */
  static synchronized void keep() {
    if (Nd4j.getDeallocatorService() instanceof RecentArrays) {
      return;
    }
    try {
      var service = Nd4j.class.getDeclaredField("deallocatorService");
      service.setAccessible(true);
      service.set(null, new RecentArrays());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This version of ND4J frees arrays in some other way", e);
    }
  }

  @Override
  public void pickObject(Deallocatable array) {
    recent.get().add(array);
    super.pickObject(array);
  }

  private static final class Ring {
    private final Deallocatable[] arrays = new Deallocatable[KEPT];
    private int next;

    void add(Deallocatable array) {
      arrays[next] = array;
      next = (next + 1) % KEPT;
    }
  }
}

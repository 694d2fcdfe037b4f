package org.privateshare.net;

import java.util.concurrent.Executor;
import org.eclipse.jetty.util.thread.ExecutionStrategy;

/// Gives each task a virtual thread of its own, but for those that wait for a selector, again and
/// again: these have a thread of the system's, since the JDK lets a virtual one wait by asking yet
/// another thread to wait for it.
final class DoorThreads implements Executor {
  @Override
  public void execute(Runnable task) {
    if (task instanceof ExecutionStrategy) {
      var _ = Thread.ofPlatform().daemon().name("selector").start(task);
    } else {
      var _ = Thread.ofVirtual().start(task);
    }
  }
}

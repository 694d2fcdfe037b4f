package org.privateshare.share;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.privateshare.model.Entry;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.store.Store;

/// Removes all of a tree. Files go several at once, since each waits for the medium and they can
/// wait together; a folder goes alone, when nothing is left in it.
///
/// @param store where
record TreeRemoval(Store store) {
  private static final int AT_ONCE = 8;
  private static final int MOST_GATHERED = 512;

  /// Removes what `tree` gives, in which folders come last.
  ///
  /// @throws Refusal.NotEmpty where a folder still holds something
  void remove(TreeEntries tree) throws Refusal, IOException {
    List<SharePath> files = new ArrayList<>();
    for (var next = tree.next(); next.isPresent(); next = tree.next()) {
      boolean isFile = next.get().entry() instanceof Entry.File;
      if (isFile) {
        files.add(next.get().path());
      }
      if (!isFile || files.size() == MOST_GATHERED) {
        removeAll(files);
        files.clear();
      }
      if (!isFile) {
        removeWhatIsThere(next.get().path());
      }
    }
    removeAll(files);
  }

  private void removeAll(List<SharePath> files) throws Refusal, IOException {
    List<Future<?>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < Math.min(AT_ONCE, files.size()); n++) {
        int first = n;
        parts.add(
            threads.submit(
                () -> {
                  for (int i = first; i < files.size(); i += AT_ONCE) {
                    removeWhatIsThere(files.get(i));
                  }
                  return Optional.empty();
                }));
      }
    }
    for (Future<?> part : parts) {
      await(part);
    }
  }

  private static void await(Future<?> part) throws Refusal, IOException {
    try {
      part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void removeWhatIsThere(SharePath path) throws Refusal, IOException {
    try {
      store.remove(path, Precondition.Existence.ANY);
    } catch (Refusal.Missing e) {
      // Somebody else has taken it away since it was seen.
    }
  }
}

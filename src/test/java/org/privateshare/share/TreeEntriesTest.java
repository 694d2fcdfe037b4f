package org.privateshare.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.TreeEntries.Order;
import org.privateshare.store.Listing;
import org.privateshare.store.MemoryStore;

/// A walk through all below a folder, over the memory store.
final class TreeEntriesTest {
  private final MemoryStore store = new MemoryStore();
  private final Share share = new Share(store, new Limits(100, 0, false));

  /// How many listings are open, and the most that were.
  private int open;

  private int mostOpen;

  private static SharePath path(String text) throws Refusal.BadName {
    return SharePath.parse(text);
  }

  private void files(String... names) throws Exception {
    for (String name : names) {
      for (SharePath at = path(name).parent(); !at.isRoot(); at = at.parent()) {
        store.makeFolder(at.toString());
      }
      store.put(name, new byte[3]);
    }
  }

  private static List<String> all(TreeEntries tree) throws IOException {
    List<String> seen = new ArrayList<>();
    try (tree) {
      for (var next = tree.next(); next.isPresent(); next = tree.next()) {
        SharePath path = next.get().path();
        assertThat(next.get().entry().name()).isEqualTo(path.name());
        seen.add(path + (next.get().entry() instanceof Entry.Folder ? "/" : ""));
      }
      assertThat(tree.next()).isEmpty();
    }
    return seen;
  }

  /// Listings that are counted while they are open.
  private Optional<Listing> counted(SharePath folder) {
    Optional<Listing> found = store.list(folder);
    if (found.isPresent()) {
      mostOpen = Math.max(mostOpen, ++open);
    }
    return found.map(
        listing ->
            new Listing() {
              @Override
              public Optional<Entry> next() throws IOException {
                return listing.next();
              }

              @Override
              public void close() {
                open--;
              }
            });
  }

  @Test
  void aFolderComesBeforeWhatIsInIt() throws Exception {
    files("a/b/c", "a/b/d", "a/e", "f", "beside");
    share.makeFolder(path("a/empty"));
    assertThat(all(share.tree(SharePath.ROOT, Order.FOLDER_FIRST)))
        .containsExactly("a/", "a/b/", "a/b/c", "a/b/d", "a/e", "a/empty/", "beside", "f");
    assertThat(all(share.tree(path("a"), Order.FOLDER_FIRST)))
        .containsExactly("a/b/", "a/b/c", "a/b/d", "a/e", "a/empty/");
  }

  @Test
  void orAfterWhatIsInIt() throws Exception {
    files("a/b/c", "a/b/d", "a/e");
    share.makeFolder(path("a/empty"));
    assertThat(all(share.tree(SharePath.ROOT, Order.FOLDER_LAST)))
        .containsExactly("a/b/c", "a/b/d", "a/b/", "a/e", "a/empty/", "a/");
  }

  @Test
  void aFolderThatVanishesBeforeItsTurnIsLeftOut() throws Exception {
    files("a/b", "c/d", "e");
    for (Order order : Order.values()) {
      assertThat(
              all(
                  new TreeEntries(
                      folder ->
                          folder.toString().equals("a") ? Optional.empty() : store.list(folder),
                      SharePath.ROOT,
                      order)))
          .containsExactlyInAnyOrder("c/", "c/d", "e");
    }
  }

  @Test
  void whereNoFolderIsNothingIsWalked() throws Exception {
    files("a");
    for (String name : List.of("a", "b")) {
      assertThatExceptionOfType(Refusal.Missing.class)
          .isThrownBy(() -> share.tree(path(name), Order.FOLDER_FIRST));
    }
  }

  @Test
  void oneFolderALevelIsOpenHoweverManyThereAre() throws Exception {
    for (int i = 0; i < 20; i++) {
      files("n" + i + "/a/b");
    }
    assertThat(all(new TreeEntries(this::counted, SharePath.ROOT, Order.FOLDER_FIRST))).hasSize(60);
    assertThat(mostOpen).isEqualTo(3);
    assertThat(open).isZero();
  }

  @Test
  void theDeepestPathThereIsComes() throws Exception {
    String deepest = String.join("/", Collections.nCopies(SharePath.MAX_DEPTH, "d"));
    files(deepest);
    assertThat(all(share.tree(SharePath.ROOT, Order.FOLDER_FIRST)))
        .hasSize(SharePath.MAX_DEPTH)
        .endsWith(deepest);
  }

  @Test
  void whoClosesItHalfwayLeavesNothingOpen() throws Exception {
    files("a/b/c", "a/b/d");
    try (var tree = new TreeEntries(this::counted, SharePath.ROOT, Order.FOLDER_FIRST)) {
      assertThat(tree.next()).isPresent();
      assertThat(tree.next()).isPresent();
      assertThat(open).isEqualTo(3);
    }
    assertThat(open).isZero();
  }
}

package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Precondition;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What every [Store] owes to files that are published together, each obligation a test.
abstract class ManyContract extends JournalContract {
  private final List<StagedFile> staged = new ArrayList<>();

  /// Stages a file whose content is its own path.
  private void stage(String path, Precondition must) throws Refusal, IOException {
    stage(path, must, path);
  }

  private void stage(String path, Precondition must, String content) throws Refusal, IOException {
    StagedFile file = store().stageUnseen(path(path), must);
    file.write(ByteBuffer.wrap(bytes(content)), 0);
    staged.add(file);
  }

  /// Publishes what is staged, and says for each in a word what became of it.
  private List<String> publish() throws IOException {
    try {
      return store().publish(staged).stream().map(no -> no.map(Refusal::code).orElse("")).toList();
    } finally {
      staged.forEach(StagedFile::close);
      staged.clear();
    }
  }

  @Test
  void manyArePublishedInNewFoldersAndOld() throws Exception {
    makeFolderPast("old");
    for (String path : List.of("a", "new/b", "old/c", "new/d", "new/deep/e", "old/f")) {
      stage(path, Existence.ABSENT);
    }
    assertThat(store().find(path("a"))).isEmpty();
    assertThat(publish()).containsExactly("", "", "", "", "", "");
    for (String path : List.of("a", "new/b", "old/c", "new/d", "new/deep/e", "old/f")) {
      assertThat(content(store(), path)).contains(path);
    }
  }

  @Test
  void nothingHasANameThatIsCalledFree() throws Exception {
    makeFolderPast("old");
    stage("old/File", Existence.ABSENT);
    stage("file", Existence.ABSENT);
    assertThat(publish()).containsExactly("", "");
    List<String> names =
        List.of("new", "new/a", "old/new", "file/a", "old/File", "old/file", "old", "file");
    for (int turn = 0; turn < names.size(); turn++) {
      List<SharePath> asked = new ArrayList<>();
      for (String name : names) {
        asked.add(path(name));
      }
      Collections.rotate(asked, turn);
      assertThat(store().free(asked)).isSubsetOf(path("new"), path("new/a"), path("old/new"));
    }
    assertThat(store().free(List.of())).isEmpty();
  }

  @Test
  void eachHasTheVersionThatItIsOpenedWith() throws Exception {
    staged.add(store().stage(path("a")));
    staged.add(store().stage(path("b")));
    List<StagedFile> files = List.copyOf(staged);
    assertThat(publish()).containsExactly("", "");
    assertThat(files.getFirst().version()).isEqualTo(version("a"));
    assertThat(files.getLast().version()).isEqualTo(version("b"));
  }

  @Test
  void oneThatIsRefusedDoesNotStopTheOthers() throws Exception {
    put(store(), "taken", "before");
    put(store(), "file", "no folder");
    stage("a", Existence.ABSENT);
    stage("taken", Existence.ABSENT);
    stage("TAKEN", Existence.ABSENT);
    stage("file/below", Existence.ABSENT);
    stage("missing", Existence.PRESENT);
    stage("twice", Existence.ABSENT);
    stage("twice", Existence.ABSENT);
    stage("z", Existence.ABSENT);
    assertThat(publish())
        .containsExactly("", "taken", "taken", "taken", "changed", "", "taken", "");
    assertThat(content(store(), "taken")).contains("before");
    assertThat(content(store(), "file")).contains("no folder");
    assertThat(names(store(), "")).containsExactly("a", "file", "taken", "twice", "z");
  }

  @Test
  void anotherMayBeReplacedAndIsKept() throws Exception {
    put(store(), "a", "before");
    stage("a", Existence.ANY);
    stage("b", Existence.ANY);
    List<StagedFile> files = List.copyOf(staged);
    assertThat(publish()).containsExactly("", "");
    assertThat(content(store(), "a")).contains("a");
    assertThat(files.getFirst().replaced()).isTrue();
    assertThat(files.getLast().replaced()).isFalse();
    try (OldVersions kept = store().history().list(path("a"))) {
      assertThat(kept.next().map(OldVersion::size)).contains(6L);
    }
  }

  /// Whichever comes first: a name that is new, or one that is there.
  @Test
  void aNameThatComesTwiceIsReplacedByTheSecond() throws Exception {
    put(store(), "there", "before");
    int number = 0;
    for (String path : List.of("a", "new", "there", "b", "new", "there")) {
      stage(path, Existence.ANY, path + ++number);
    }
    List<StagedFile> files = List.copyOf(staged);
    assertThat(publish()).containsOnly("").hasSize(6);
    assertThat(files.stream().map(StagedFile::replaced))
        .containsExactly(false, false, true, false, true, true);
    assertThat(content(store(), "new")).contains("new5");
    assertThat(content(store(), "there")).contains("there6");
    assertThat(names(store(), "")).containsExactly("a", "b", "new", "there");
  }

  @Test
  void aTwinIsRefusedAmongThoseThatMayReplaceToo() throws Exception {
    put(store(), "there", "before");
    for (String path : List.of("a", "THERE", "b", "B", "c")) {
      stage(path, Existence.ANY);
    }
    assertThat(publish()).containsExactly("", "taken", "", "taken", "");
    assertThat(names(store(), "")).containsExactly("a", "b", "c", "there");
  }

  @Test
  void nothingStagedIsLeftOfWhatWasNotPublished() throws Exception {
    stage("a", Existence.ABSENT);
    StagedFile dropped = staged.getFirst();
    dropped.close();
    assertThatThrownBy(this::publish).isInstanceOf(IOException.class);
    assertThat(names(store(), "")).isEmpty();
  }

  @Test
  void ofManyWhoPublishTheSameNamesAtOnceEachNameIsWonOnce() throws Exception {
    List<Callable<Object>> tasks = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      tasks.add(this::publishTwenty);
    }
    List<Object> won = atOnce(tasks);
    assertThat(won.stream().mapToLong(Long.class::cast).sum()).isEqualTo(20);
    assertThat(names(store(), "race")).hasSize(20);
  }

  private Object publishTwenty() throws Refusal, IOException {
    List<StagedFile> files = new ArrayList<>();
    try {
      for (int n = 0; n < 20; n++) {
        files.add(store().stageUnseen(path("race/" + n), Existence.ABSENT));
      }
      return store().publish(files).stream().filter(Optional::isEmpty).count();
    } finally {
      files.forEach(StagedFile::close);
    }
  }
}

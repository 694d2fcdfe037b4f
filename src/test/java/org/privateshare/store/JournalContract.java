package org.privateshare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.privateshare.model.Entry;
import org.privateshare.model.Precondition.Existence;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What every [Store] owes to uploads that outlive their requests, each obligation a test.
abstract class JournalContract extends ChangesContract {
  private static final String ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String OTHER = "00000000000000000000000000000001";

  private Journal journal() {
    return store().journal();
  }

  private Optional<String> text(String id) throws IOException {
    return journal().read(id).map(Journal.Note::text);
  }

  private StagedFile restage(String id, String target) throws Refusal, IOException {
    return store().restage(id, path(target), Existence.ABSENT);
  }

  private void leave(String id, String target, String content, long at)
      throws Refusal, IOException {
    try (StagedFile staged = restage(id, target)) {
      staged.write(ByteBuffer.wrap(bytes(content)), at);
      staged.force();
      staged.release();
    }
  }

  @Test
  void anEntryIsReadAsItWasWrittenAndAddedTo() throws Exception {
    assertThat(text(ID)).isEmpty();
    journal().write(ID, "ä\n");
    journal().append(ID, "b");
    assertThat(text(ID)).contains("ä\nb");
    journal().write(ID, "c");
    journal().write(OTHER, "");
    assertThat(text(ID)).contains("c");
    assertThat(journal().ids()).containsExactlyInAnyOrder(ID, OTHER);
    Instant touched = journal().read(ID).orElseThrow().touched();
    assertThat(touched).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }

  @Test
  void aRemovedEntryIsGoneWithWhatWasStaged() throws Exception {
    leave(ID, "a", "123", 0);
    journal().write(ID, "x");
    assertThat(journal().isStaged(ID)).isTrue();
    journal().remove(ID);
    assertThat(journal().ids()).isEmpty();
    assertThat(journal().isStaged(ID)).isFalse();
    journal().remove(ID);
  }

  @Test
  void whatWasReleasedIsTakenUpAgainAndPublished() throws Exception {
    leave(ID, "new/a", "123", 0);
    assertThat(store().find(path("new/a"))).isEmpty();
    try (StagedFile staged = restage(ID, "new/a")) {
      assertThat(staged.id()).isEqualTo(ID);
      staged.write(ByteBuffer.wrap(bytes("456")), 3);
      staged.publish();
    }
    assertThat(content(store(), "new/a")).contains("123456");
    assertThat(journal().isStaged(ID)).isFalse();
  }

  @Test
  void anUploadKnowsItsIdFromTheBeginning() throws Exception {
    String id;
    try (StagedFile staged = store().stage(path("a"))) {
      id = staged.id();
      staged.write(ByteBuffer.wrap(bytes("12")), 0);
      staged.release();
    }
    leave(id, "a", "3", 2);
    try (StagedFile staged = restage(id, "a")) {
      staged.publish();
    }
    assertThat(content(store(), "a")).contains("123");
  }

  @Test
  void whatIsClosedAndNotReleasedIsGone() throws Exception {
    leave(ID, "a", "123", 0);
    restage(ID, "a").close();
    assertThat(journal().isStaged(ID)).isFalse();
  }

  @Test
  void aTakenNameIsRefusedBeforeAndAtTheEnd() throws Exception {
    leave(ID, "a", "123", 0);
    try (StagedFile late = restage(ID, "a")) {
      put(store(), "a", "first");
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(late::publish);
    }
    assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(() -> restage(ID, "a"));
    assertThatExceptionOfType(Refusal.Taken.class)
        .isThrownBy(() -> store().check(path("a"), Existence.ABSENT));
    store().check(path("a"), Existence.PRESENT);
    store().check(path("b"), Existence.ABSENT);
    assertThat(content(store(), "a")).contains("first");
  }

  @Test
  void aFileIsShapedBeforeItIsPublished() throws Exception {
    Instant then = Instant.now().minus(5, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    try (StagedFile staged = restage(ID, "a")) {
      staged.write(ByteBuffer.wrap(bytes("123rest of a failed part")), 0);
      staged.shape(3, Optional.of(then));
      staged.publish();
    }
    assertThat(content(store(), "a")).contains("123");
    assertThat(store().find(path("a")).orElseThrow())
        .isInstanceOfSatisfying(
            Entry.File.class, file -> assertThat(file.modified()).isEqualTo(then));
  }

  @Test
  void partsAreCopiedBehindEachOther() throws Exception {
    leave(OTHER, "", "45678", 0);
    leave(ID, "", "123", 0);
    try (StagedFile whole = restage(ID, "a")) {
      whole.copy(OTHER, 4, 3);
      whole.shape(7, Optional.empty());
      whole.publish();
    }
    assertThat(content(store(), "a")).contains("1234567");
    assertThat(journal().isStaged(OTHER)).isTrue();
    journal().remove(OTHER);
  }

  @Test
  void aPartIsNeverPublished() throws Exception {
    try (StagedFile part = store().restage(ID, SharePath.ROOT, Existence.ABSENT)) {
      part.write(ByteBuffer.wrap(bytes("123")), 0);
      assertThatExceptionOfType(Refusal.Taken.class).isThrownBy(part::publish);
    }
    assertThat(names(store(), "")).isEmpty();
  }
}

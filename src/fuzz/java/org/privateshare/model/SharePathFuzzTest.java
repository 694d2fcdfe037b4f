package org.privateshare.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/// Whatever is typed as a name is either refused or prints back as it was typed.
final class SharePathFuzzTest {
  @FuzzTest
  void anAcceptedNameHasOneSpelling(@NotNull String text) {
    SharePath path;
    try {
      path = SharePath.parse(text);
    } catch (Refusal.BadName refused) {
      return;
    }
    assertThat(path).hasToString(text);
    assertThat(path.segments()).noneMatch(segment -> segment.equals("..") || segment.equals("."));
  }
}

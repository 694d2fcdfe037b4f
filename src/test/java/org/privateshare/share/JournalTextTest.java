package org.privateshare.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.access.KeyId;
import org.privateshare.model.Digest;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The text of the journal, held to the vector of `docs/uploads.md`.
final class JournalTextTest {
  private static final KeyId OWNER = new KeyId("AAAAAAAAAAAAAAAAAAAAAA");
  private static final KeyId PHONE = new KeyId("BBBBBBBBBBBBBBBBBBBBBA");
  private static final Uploader BY = new Uploader(PHONE, List.of(OWNER), "my phone");
  private static final Instant STARTED = Instant.parse("2026-11-22T18:50:00.123Z");

  private static final String VECTOR =
      """
      1df8a1b5 begin 1 2026-11-22T18:50:00.123Z
      48b9be0b by BBBBBBBBBBBBBBBBBBBBBA AAAAAAAAAAAAAAAAAAAAAA
      ec83bc93 label my phone
      98fed50c to inbox/big.iso
      816c137a must absent
      66eb6143 length 1073741824
      1d7362a2 modified 2026-11-01T10:00:00Z
      32cefb42 note ZmlsZXR5cGU dmlkZW8vbXA0
      9d292d28 open
      2016bf7b run 0 33554432 4a6f7d10
      """;

  private static SessionEntry entry() throws Refusal {
    UploadPlan plan =
        new UploadPlan(
            Optional.of(SharePath.parse("inbox/big.iso")),
            OptionalLong.of(1L << 30),
            Precondition.Existence.ABSENT,
            Optional.of(Instant.parse("2026-11-01T10:00:00Z")),
            Map.of("filetype", "video/mp4"));
    return SessionEntry.begin(BY, plan, STARTED)
        .with(Runs.NONE.with(new Run(0, 32 << 20, crc("4a6f7d10"))));
  }

  private static Digest crc(String hex) {
    return new Digest(Digest.Algorithm.CRC32C, hex);
  }

  private static String join(String... texts) {
    return String.join("", texts);
  }

  @Test
  void theVectorIsWrittenAndRead() throws Exception {
    assertThat(JournalText.print(entry())).isEqualTo(VECTOR);
    assertThat(JournalText.parse(VECTOR)).contains(entry());
  }

  static Stream<SessionEntry> entries() throws Refusal {
    SessionEntry base = entry();
    UploadPlan part =
        new UploadPlan(
            Optional.empty(),
            OptionalLong.empty(),
            Precondition.Existence.ANY,
            Optional.empty(),
            Map.of());
    Receipt receipt = new Receipt(base.plan().stagedFor(), 9, crc("e3069283"), "0f1e", true);
    return Stream.of(
        base,
        base.finishing(),
        base.with(base.runs().with(new Run(64 << 20, 70 << 20, crc("00000001")))),
        base.finished(receipt),
        SessionEntry.begin(new Uploader(OWNER, List.of(), "owner"), part, STARTED),
        SessionEntry.begin(BY, with(Precondition.Existence.PRESENT), STARTED),
        SessionEntry.begin(BY, with(new Precondition.Version(Set.of("b", "a ä\n"))), STARTED),
        SessionEntry.begin(BY, with(new Precondition.Unlike(Set.of())), STARTED));
  }

  private static UploadPlan with(Precondition must) throws Refusal {
    return UploadPlan.of(SharePath.parse("ä b/c"), 0, must);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyEntryIsReadAsItWasWritten(SessionEntry entry) {
    assertThat(JournalText.parse(JournalText.print(entry))).contains(entry);
  }

  @Test
  void theLastRunAndTheLastLengthCount() throws Exception {
    Run later = new Run(0, 64 << 20, crc("00c0ffee"));
    String text =
        join(
            JournalText.print(entry()),
            JournalText.added(JournalText.run(later)),
            JournalText.added(JournalText.length(1L << 29)));
    assertThat(JournalText.parse(text))
        .contains(entry().with(Runs.NONE.with(later)).withLength(1L << 29));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 20, 30})
  void aLineThatACrashHasTornIsLeftOutAndThoseBehindItCount(int left) throws Exception {
    Run torn = new Run(0, 64 << 20, crc("00c0ffee"));
    Run later = new Run(0, 96 << 20, crc("12345678"));
    String line = JournalText.added(JournalText.run(torn));
    String cut = line.substring(0, left);
    assertThat(JournalText.parse(join(JournalText.print(entry()), cut))).contains(entry());
    assertThat(
            JournalText.parse(
                join(JournalText.print(entry()), cut, JournalText.added(JournalText.run(later)))))
        .contains(entry().with(Runs.NONE.with(later)));
  }

  @Test
  void anEntryThatIsNotWholeIsNone() throws Exception {
    String text = JournalText.print(entry().with(Runs.NONE));
    for (int length = 0; length < text.length() - 1; length++) {
      assertThat(JournalText.parse(text.substring(0, length)))
          .as("the first %d bytes", length)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin 2 2026-11-22T18:50:00.123Z",
        "begin 1",
        "run 5 4 00000000",
        "run 0",
        "length many",
        "must perhaps",
        "note a",
        "to ../x",
        "something else"
      })
  void aWholeLineThatIsNotOursMakesTheEntryNone(String line) throws Exception {
    String text = join(JournalText.print(entry()), JournalText.added(line));
    assertThat(JournalText.parse(text)).isEmpty();
  }
}

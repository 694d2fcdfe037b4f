package org.privateshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.archive.TarMember;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Folders on their way into a share: what is sent, and what becomes of what the server says.
@Timeout(60)
final class FolderSendingTest {
  private static final Instant TIME = Instant.parse("2026-11-01T10:00:00.123456789Z");
  private static final String ONE_ROW =
      "{\"name\":\"a.txt\",\"type\":\"file\",\"size\":9,"
          + "\"modified\":\"2026-11-01T10:00:00.123456789Z\"}";

  @TempDir private Path work;
  private final List<Progress> events = new ArrayList<>();
  private FolderFar far;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    far = new FolderFar();
    far.rows = "none";
    folder = Files.createDirectory(work.resolve("photos"));
  }

  @AfterEach
  void stop() throws IOException {
    far.close();
  }

  @Test
  void allGoesAsOneArchive() throws Exception {
    write("a.txt", "123456789");
    write("ä/b.txt", "x");
    Files.createDirectory(folder.resolve("empty"));

    put(Chooser.Choice.REFUSE);

    assertThat(far.lines())
        .containsExactly("GET /in/photos/?recursive", "PUT /in/photos/?unpack=tar");
    assertThat(far.names()).containsExactlyInAnyOrder(".", "a.txt", "ä", "ä/b.txt", "empty");
    TarMember a = far.members().get(far.names().indexOf("a.txt"));
    assertThat(a.modified()).contains(TIME);
    assertThat(a.digest().orElseThrow()).hasToString("crc32c:e3069283");
    assertThat(far.contents()).contains("123456789", "x");
    assertThat(names(Progress.Done.class))
        .containsExactlyInAnyOrder("in/photos/a.txt", "in/photos/ä/b.txt");
    assertThat(sum()).isEqualTo(new FolderSum(2, 10, 3, 0, 0, 0, 0));
  }

  @Test
  void whatHasSizeAndTimeIsNotSent() throws Exception {
    write("a.txt", "123456789");
    far.rows = ONE_ROW;

    put(Chooser.Choice.REFUSE);

    assertThat(far.lines()).containsExactly("GET /in/photos/?recursive");
    assertThat(sum()).isEqualTo(new FolderSum(0, 0, 0, 1, 0, 0, 0));
  }

  @Test
  void filesOfAnotherTimeAreComparedByTheirSums() throws Exception {
    write("a.txt", "123456789");
    far.rows =
        ONE_ROW
            .replace("2026-11-01", "2026-11-02")
            .replace("}", ",\"digest\":\"crc32c:e3069283\"}");

    put(Chooser.Choice.SKIP);

    assertThat(far.lines())
        .containsExactly("GET /in/photos/?recursive", "GET /in/photos/?recursive&digest");
    assertThat(sum().unchanged()).isOne();
  }

  @Test
  void aFewSmallOnesOfAnotherTimeAreSentForTheServerCompares() throws Exception {
    write("a.txt", "123456789");
    far.rows = ONE_ROW.replace("2026-11-01", "2026-11-02");
    far.receipt =
        (path, member) -> "{\"path\":\"" + path + "\",\"result\":\"unchanged\",\"size\":9}\n";

    put(Chooser.Choice.REFUSE);

    assertThat(far.lines())
        .containsExactly("GET /in/photos/?recursive", "PUT /in/photos/?unpack=tar");
    assertThat(sum()).isEqualTo(new FolderSum(0, 0, 0, 1, 0, 0, 0));
  }

  @Test
  void anotherFileOfTheNameIsAFailure() throws Exception {
    write("a.txt", "another one");
    far.rows = ONE_ROW;

    put(Chooser.Choice.REFUSE);

    assertThat(failure("in/photos/a.txt")).isInstanceOf(Refusal.Taken.class);
    assertThat(far.names()).isEmpty();
  }

  @Test
  void orItIsSkipped() throws Exception {
    write("a.txt", "another one");
    far.rows = ONE_ROW;
    put(Chooser.Choice.SKIP);
    assertThat(sum()).isEqualTo(new FolderSum(0, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void orReplaced() throws Exception {
    write("a.txt", "another one");
    far.rows = ONE_ROW;
    put(Chooser.Choice.REPLACE);
    assertThat(far.lines()).endsWith("PUT /in/photos/?unpack=tar&replace");
    assertThat(far.contents()).containsExactly("another one");
  }

  @Test
  void orTheNewOneGetsANumberThatIsFree() throws Exception {
    write("a.txt", "another one");
    far.rows = ONE_ROW;
    far.receipt =
        (path, member) ->
            path.contains("(1)") ? said(path, "exists", "taken") : FolderFar.stored(path, member);

    put(Chooser.Choice.RENAME);

    assertThat(far.names()).containsExactly("a (1).txt", "a (2).txt");
    assertThat(((Progress.Done) event("in/photos/a.txt")).as()).contains("in/photos/a (2).txt");
  }

  @Test
  void whatWasNotAcknowledgedIsSentAgain() throws Exception {
    for (int i = 0; i < 20; i++) {
      write("f" + i, "content " + i);
    }
    var count = new int[1];
    far.receipt = (path, member) -> ++count[0] == 8 ? "" : FolderFar.stored(path, member);

    put(Chooser.Choice.REFUSE);

    assertThat(sum().files()).isEqualTo(20);
    assertThat(far.members()).hasSizeGreaterThan(21);
    assertThat(names(Progress.Waiting.class)).containsExactly("in/photos/");
    assertThat(names(Progress.Done.class)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void linksAndNamesThatNoShareTakesStayWhileTheRestGoes() throws Exception {
    write("a.txt", "123456789");
    write("b:c", "x");
    write(".hidden/inside", "x");
    write("skip/me", "x");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));

    transfers(new FolderHabits(Globs.of(List.of("skip")), false, Chooser.Choice.REFUSE), false)
        .put(folder, path("in"), IfTaken.REFUSE);

    assertThat(far.names()).containsExactlyInAnyOrder(".", "a.txt");
    assertThat(failure("in/photos/b:c")).isInstanceOf(Refusal.BadName.class);
    assertThat(failure("in/photos/.hidden/")).isInstanceOf(Refusal.BadName.class);
    assertThat(names(Progress.LeftOut.class)).containsExactly("in/photos/link");
    assertThat(sum()).isEqualTo(new FolderSum(1, 9, 1, 0, 0, 2, 1));
  }

  @Test
  void aFileThatGoesMeanwhileIsAFailureOfItsOwn() throws Exception {
    write("a", "x".repeat(300_000));
    write("b", "x".repeat(300_000));
    far.receipt =
        (path, member) -> {
          try {
            Files.deleteIfExists(folder.resolve("a"));
            Files.deleteIfExists(folder.resolve("b"));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          return FolderFar.stored(path, member);
        };
    far.rows = "";

    put(Chooser.Choice.REFUSE);

    assertThat(sum().files() + sum().failed()).isEqualTo(2);
  }

  @Test
  void aDryRunSaysWhatWouldBeSent() throws Exception {
    write("a.txt", "123456789");
    Files.createDirectory(folder.resolve("empty"));

    transfers(FolderHabits.USUAL, true).put(folder, path("in"), IfTaken.REFUSE);

    assertThat(far.lines()).containsExactly("GET /in/photos/?recursive");
    assertThat(names(Progress.Planned.class))
        .containsExactly("in/photos/", "in/photos/empty/", "in/photos/a.txt");
  }

  @Test
  void aServersRefusalOfOneFileIsNoneOfTheOthers() throws Exception {
    write("a", "x");
    write("b", "x");
    far.receipt =
        (path, member) ->
            path.endsWith("/a")
                ? said("a", "refused", "too-large")
                : FolderFar.stored(path, member);

    put(Chooser.Choice.REFUSE);

    assertThat(failure("in/photos/a")).isInstanceOf(Refusal.TooLarge.class);
    assertThat(names(Progress.Done.class)).containsExactly("in/photos/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"size\":8,\"digest\":\"crc32c:e3069283\"",
        "\"size\":9,\"digest\":\"crc32c:e3069284\"",
        "\"size\":9"
      })
  void aReceiptForOtherBytesIsAMismatch(String members) throws Exception {
    write("a.txt", "123456789");
    far.rows = "";
    far.receipt =
        (path, member) -> "{\"path\":\"" + path + "\",\"result\":\"stored\"," + members + "}\n";

    put(Chooser.Choice.REFUSE);

    assertThat(failure("in/photos/a.txt")).isInstanceOf(Refusal.Mismatch.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON\n",
        "{\"path\":\"in/photos/b.txt\",\"result\":\"unchanged\"}\n",
        "{\"path\":\"in/photos/a.txt\",\"result\":\"eaten\"}\n",
        "{\"path\":\"in/photos/a.txt\"}\n",
        "{\"end\":{}}\n",
        """
        {"path":"in/photos/a.txt","result":"unchanged"}
        {"path":"in/photos/a.txt","result":"unchanged"}
        """,
        "{\"error\":{\"code\":\"failed\",\"detail\":\"the medium\"}}\n",
        "{\"surprise\":{}}\n"
      })
  void anAnswerThatIsNoneEndsIt(String said) throws Exception {
    write("a.txt", "123456789");
    far.rows = "";
    far.receipt = (path, member) -> said;

    put(Chooser.Choice.REFUSE);

    assertThat(failure("in/photos/")).isInstanceOf(ServerFault.class);
    assertThat(names(Progress.Done.class)).isEmpty();
  }

  @Test
  void anAnswerWithoutItsEndIsNotWhole() throws Exception {
    write("a.txt", "123456789");
    far.last = "";
    put(Chooser.Choice.REFUSE);
    assertThat(failure("in/photos/")).isInstanceOf(ServerFault.class);
  }

  @Test
  void aShareThatIsFullEndsIt() throws Exception {
    write("a.txt", "123456789");
    far.receipt =
        (path, member) -> "{\"error\":{\"code\":\"no-space\",\"detail\":\"it is full\"}}\n";
    put(Chooser.Choice.REFUSE);
    assertThat(failure("in/photos/")).isInstanceOf(Refusal.NoSpace.class).hasMessage("it is full");
  }

  private void put(Chooser.Choice ifTaken) throws Exception {
    transfers(new FolderHabits(Globs.NONE, false, ifTaken), false)
        .put(folder, path("in"), IfTaken.REFUSE);
  }

  private Transfers transfers(FolderHabits habits, boolean dryRun) {
    return new Transfers(
        far.remote(),
        events::add,
        new Habits(
            new Patience(Duration.ofSeconds(20)),
            (direction, name) -> Memory.NONE,
            name -> Chooser.Choice.REFUSE,
            OptionalLong.empty(),
            1,
            false,
            dryRun,
            habits));
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(TIME));
  }

  private static String said(String path, String result, String code) {
    return String.format(
        Locale.ROOT,
        "{\"path\":\"%s\",\"result\":\"%s\",\"code\":\"%s\",\"detail\":\"no\"}\n",
        path,
        result,
        code);
  }

  private static SharePath path(String text) throws Refusal.BadName {
    return SharePath.parse(text);
  }

  private FolderSum sum() {
    return ((Progress.FolderDone) events.getLast()).sum();
  }

  private <T extends Progress> List<String> names(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(Progress::name).toList();
  }

  private Progress event(String name) {
    return events.stream()
        .filter(event -> event.name().equals(name))
        .filter(event -> !(event instanceof Progress.FolderStarted))
        .filter(event -> !(event instanceof Progress.FolderAdvanced))
        .findFirst()
        .orElseThrow();
  }

  private Exception failure(String name) {
    return ((Progress.Failed) event(name)).cause();
  }
}

package org.privateshare.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.archive.TarMember;
import org.privateshare.archive.TarWriter;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;

/// Folders on their way out of a share, honest or not.
@Timeout(60)
final class FolderReceivingTest {
  private static final Instant TIME = Instant.parse("2026-11-01T10:00:00.123456789Z");
  private static final Digest NINE = new Digest(Digest.Algorithm.CRC32C, "e3069283");

  @TempDir private Path outside;
  private final List<Progress> events = new ArrayList<>();
  private final InMemory memory = new InMemory();
  private FolderFar far;
  private Path work;

  @BeforeEach
  void start() throws IOException {
    far = new FolderFar();
    work = Files.createDirectory(outside.resolve("work"));
  }

  @AfterEach
  void stop() throws IOException {
    far.close();
  }

  @Test
  void allComesAsOneArchive() throws Exception {
    far.rows = row("a.txt") + "," + folder("ä") + "," + row("ä/b.txt") + "," + folder("empty");
    far.archives.add(archive(folderMember("docs"), nine("docs/a.txt"), nine("docs/ä/b.txt")));

    get(Chooser.Choice.REFUSE);

    assertThat(far.lines())
        .containsExactly("GET /in/docs/?recursive", "POST /in/docs/?archive=tar&digest");
    assertThat(far.bodies()).containsExactly("name=a.txt&name=%C3%A4%2Fb.txt");
    assertThat(work.resolve("docs/ä/b.txt")).hasContent("123456789");
    assertThat(work.resolve("docs/empty")).isEmptyDirectory();
    assertThat(Files.getLastModifiedTime(work.resolve("docs/a.txt")).toInstant()).isEqualTo(TIME);
    assertThat(sum()).isEqualTo(new FolderSum(2, 18, 3, 0, 0, 0, 0));
    assertThat(names())
        .containsExactly("docs", "docs/a.txt", "docs/empty", "docs/ä", "docs/ä/b.txt");
    assertThat(memory.isKept()).isFalse();
  }

  @Test
  void whatHasSizeAndTimeIsNotAskedFor() throws Exception {
    write("docs/a.txt", "123456789", TIME);
    far.rows = row("a.txt");

    get(Chooser.Choice.REFUSE);

    assertThat(far.lines()).containsExactly("GET /in/docs/?recursive");
    assertThat(sum().unchanged()).isOne();
  }

  @Test
  void filesOfAnotherTimeAreComparedByTheirSums() throws Exception {
    write("docs/a.txt", "123456789", TIME.plusSeconds(1));
    write("docs/b.txt", "987654321", TIME.plusSeconds(1));
    far.rows = row("a.txt") + "," + row("b.txt");

    get(Chooser.Choice.REFUSE);

    assertThat(far.lines())
        .containsExactly("GET /in/docs/?recursive", "GET /in/docs/?recursive&digest");
    assertThat(sum().unchanged()).isOne();
    assertThat(failure("in/docs/b.txt")).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void anotherFileOfTheNameStaysUnlessItShallNot() throws Exception {
    write("docs/a.txt", "mine", TIME);
    far.rows = row("a.txt");
    far.archives.add(archive(nine("docs/a.txt")));

    get(Chooser.Choice.REFUSE);
    assertThat(failure("in/docs/a.txt")).isInstanceOf(FileAlreadyExistsException.class);
    get(Chooser.Choice.SKIP);
    assertThat(work.resolve("docs/a.txt")).hasContent("mine");
    get(Chooser.Choice.RENAME);
    assertThat(work.resolve("docs/a (1).txt")).hasContent("123456789");
    get(Chooser.Choice.REPLACE);
    assertThat(work.resolve("docs/a.txt")).hasContent("123456789");
  }

  @Test
  void whatHasComeBeforeTheBreakIsNotAskedForAgain() throws Exception {
    far.rows = row("a.txt") + "," + row("b.txt");
    byte[] whole = archive(nine("docs/a.txt"), nine("docs/b.txt"));
    far.cut = 2000;
    far.archives.add(whole);
    far.archives.add(archive(nine("docs/b.txt")));

    get(Chooser.Choice.REFUSE);

    assertThat(far.bodies()).containsExactly("name=a.txt&name=b.txt", "name=b.txt");
    assertThat(sum().files()).isEqualTo(2);
  }

  @Test
  void aLinkIsNoFolderAndNoFile() throws Exception {
    Path elsewhere = Files.createDirectory(outside.resolve("elsewhere"));
    Files.createDirectory(work.resolve("docs"));
    Files.createSymbolicLink(work.resolve("docs/sub"), elsewhere);
    Files.createSymbolicLink(work.resolve("docs/a.txt"), outside.resolve("nowhere"));
    far.rows = row("a.txt") + "," + folder("sub") + "," + row("sub/b.txt");

    get(Chooser.Choice.REFUSE);

    assertThat(failure("in/docs/a.txt")).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(failure("in/docs/sub/")).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(outside.resolve("nowhere")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/etc/a", ".bashrc", "x\\\\y", "a//b", "x/../../a"})
  void aNameThatIsNoneIsLeftOutAndAFailure(String name) throws Exception {
    far.rows = row(name);
    get(Chooser.Choice.REFUSE);
    assertThat(failure("in/docs/")).isInstanceOf(Refusal.BadName.class);
    assertThat(names()).containsExactly("docs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "CON", "a\u202eb", "e\u0301"})
  void aNameThatIsNotPortableIsAFailureOfItsOwn(String name) throws Exception {
    far.rows = row(name);
    get(Chooser.Choice.REFUSE);
    assertThat(failure("in/docs/" + name)).isInstanceOf(Refusal.BadName.class);
    assertThat(names()).containsExactly("docs");
  }

  static List<Arguments> hostileArchives() throws IOException {
    byte[] link = nine("docs/a.txt");
    return Stream.of(
            Arguments.of("a name outside", archive(nine("docs/../x"))),
            Arguments.of("another name outside", archive(nine("../x"))),
            Arguments.of("an absolute name", archive(nine("/tmp/x"))),
            Arguments.of("a name that nobody asked for", archive(nine("docs/b.txt"))),
            Arguments.of("a folder that nobody asked for", archive(folderMember("docs/x"))),
            Arguments.of("a folder outside", archive(folderMember(".."))),
            Arguments.of("the same again", archive(nine("docs/a.txt"), nine("docs/a.txt"))),
            Arguments.of("a symbolic link", archive(typed(link, '2'))),
            Arguments.of("a hard link", archive(typed(link, '1'))),
            Arguments.of("a device", archive(typed(link, '3'))),
            Arguments.of("a FIFO", archive(typed(link, '6'))),
            Arguments.of("a sparse file", archive(typed(link, 'S'))),
            Arguments.of("a file without a sum", archive(file("docs/a.txt", Optional.empty()))),
            Arguments.of("an archive that is cut off", Arrays.copyOf(archive(link), 1600)),
            Arguments.of("no archive", "not at all".repeat(200).getBytes(UTF_8)),
            Arguments.of("nothing", new byte[0]),
            Arguments.of("a name of 100,000 bytes", archive(nine("a/".repeat(50_000) + "b"))))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileArchives")
  void whatNobodyAskedForEndsIt(String what, byte[] archive) throws Exception {
    far.rows = row("a.txt");
    far.archives.add(archive);

    get(Chooser.Choice.REFUSE);

    assertThat(failure("in/docs/")).as(what).isInstanceOf(ServerFault.class);
    assertThat(outside).isDirectoryContaining("glob:**/work");
    try (var files = Files.list(outside)) {
      assertThat(files).hasSize(1);
    }
    assertThat(names()).isSubsetOf("docs", "docs/a.txt");
  }

  @Test
  void otherBytesThanTheirSumSaysBecomeNoFile() throws Exception {
    far.rows = row("a.txt");
    far.archives.add(
        archive(file("docs/a.txt", Optional.of(new Digest(Digest.Algorithm.CRC32C, "00000000")))));
    get(Chooser.Choice.REFUSE);
    assertThat(failure("in/docs/a.txt")).isInstanceOf(Refusal.Mismatch.class);
    assertThat(names()).containsExactly("docs");
  }

  @Test
  void aFileOfAnotherSizeThanListedBecomesNoFile() throws Exception {
    far.rows = row("a.txt").replace(":9,", ":8,");
    far.archives.add(archive(nine("docs/a.txt")));
    get(Chooser.Choice.REFUSE);
    assertThat(failure("in/docs/a.txt")).isInstanceOf(Refusal.Changed.class);
    assertThat(names()).containsExactly("docs");
  }

  @Test
  void aFileThatDoesNotComeIsAFailure() throws Exception {
    far.rows = row("a.txt");
    far.archives.add(archive());
    get(Chooser.Choice.REFUSE);
    assertThat(failure("in/docs/a.txt")).isInstanceOf(Refusal.Missing.class);
  }

  @Test
  void whatAKilledRunHasLeftIsCleared() throws Exception {
    write("docs/.0123456789abcdef.7.part", "half", TIME);
    write("docs/.other.7.part", "somebody's", TIME);
    memory.keep("whatever");
    far.rows = row("a.txt");
    far.archives.add(archive(nine("docs/a.txt")));

    get(Chooser.Choice.REFUSE);

    assertThat(names()).containsExactly("docs", "docs/.other.7.part", "docs/a.txt");
  }

  private void get(Chooser.Choice ifTaken) throws IOException {
    events.clear();
    try (var remote = far.remote()) {
      var habits =
          new Habits(
              new Patience(Duration.ofSeconds(20)),
              (direction, name) -> memory,
              name -> Chooser.Choice.REFUSE,
              OptionalLong.empty(),
              1,
              false,
              false,
              new FolderHabits(Globs.NONE, false, ifTaken));
      new Transfers(remote, events::add, habits).get("in/docs/", work);
    }
  }

  private void write(String name, String content, Instant time) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private static String row(String name) {
    return String.format(
        Locale.ROOT,
        "{\"name\":\"%s\",\"type\":\"file\",\"size\":9,\"modified\":\"%s\",\"digest\":\"%s\"}",
        name,
        TIME,
        NINE);
  }

  private static String folder(String name) {
    return String.format(
        Locale.ROOT, "{\"name\":\"%s\",\"type\":\"folder\",\"modified\":\"%s\"}", name, TIME);
  }

  /// `123456789` under a name.
  private static byte[] nine(String name) {
    return file(name, Optional.of(NINE));
  }

  private static byte[] file(String name, Optional<Digest> digest) {
    var member = new ByteArrayOutputStream();
    member.writeBytes(TarWriter.head(TarMember.file(name, 9, TIME, digest)));
    member.writeBytes("123456789".getBytes(UTF_8));
    member.writeBytes(TarWriter.padding(9));
    return member.toByteArray();
  }

  private static byte[] folderMember(String name) {
    return TarWriter.head(TarMember.folder(name, TIME));
  }

  /// The member as one of another type, which has no content.
  private static byte[] typed(byte[] file, char type) {
    byte[] member = Arrays.copyOf(file, file.length - 512);
    int block = member.length - 512;
    member[block + 156] = (byte) type;
    ByteBuffer.wrap(member).put(block + 124, "00000000000".getBytes(UTF_8));
    Arrays.fill(member, block + 148, block + 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += member[block + i] & 0xff;
    }
    byte[] octal = String.format(Locale.ROOT, "%06o\0", sum).getBytes(UTF_8);
    System.arraycopy(octal, 0, member, block + 148, octal.length);
    return member;
  }

  private static byte[] archive(byte[]... members) {
    var archive = new ByteArrayOutputStream();
    for (byte[] member : members) {
      archive.writeBytes(member);
    }
    archive.writeBytes(new byte[TarWriter.END_BYTES]);
    return archive.toByteArray();
  }

  /// What is in the folder, hidden or not.
  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      return files
          .filter(file -> !file.equals(work))
          .map(file -> work.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private FolderSum sum() {
    return ((Progress.FolderDone) events.getLast()).sum();
  }

  private Exception failure(String name) {
    return events.stream()
        .filter(event -> event instanceof Progress.Failed && event.name().equals(name))
        .map(event -> ((Progress.Failed) event).cause())
        .findFirst()
        .orElseThrow();
  }
}
